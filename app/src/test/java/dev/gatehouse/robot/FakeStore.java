package dev.gatehouse.robot;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A disk in memory that writes into a diary, and that can be full or hang. */
final class FakeStore implements LatchStore {
    private final List<String> diary;
    volatile StoredLatch content = new StoredLatch.Open(Optional.empty());
    volatile boolean full;
    volatile @Nullable CountDownLatch hangs;

    FakeStore(List<String> diary) {
        this.diary = diary;
    }

    @Override
    public StoredLatch read() {
        return content;
    }

    @Override
    public void write(StoredLatch.Latched latch) throws IOException {
        write("persist", latch);
    }

    @Override
    public void write(StoredLatch.Open open) throws IOException {
        write("persist open", open);
    }

    private void write(String what, StoredLatch latch) throws IOException {
        var hang = hangs;
        if (hang != null) {
            FakeChannel.awaitForever(hang);
        }
        if (full) {
            throw new IOException("no space left");
        }
        diary.add(what);
        content = latch;
    }
}
