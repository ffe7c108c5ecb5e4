package dev.gatehouse.bench;

import dev.gatehouse.robot.LatchStore;
import dev.gatehouse.robot.StoredLatch;
import java.util.Optional;

/** A latch that outlives nothing. */
final class MemoryLatchStore implements LatchStore {
    private volatile StoredLatch content = new StoredLatch.Open(Optional.empty());

    @Override
    public StoredLatch read() {
        return content;
    }

    @Override
    public void write(StoredLatch.Latched latch) {
        content = latch;
    }

    @Override
    public void write(StoredLatch.Open open) {
        content = open;
    }
}
