package dev.gatehouse.robot;

import java.io.IOException;
import java.nio.file.Path;

/** Where the latch outlives the process (D8.6). */
public interface LatchStore {
    /** What was written last; a store that was never written is open. Every failure is {@link StoredLatch.Unreadable}. */
    StoredLatch read();

    /** Returns when the latch is durable; after a crash the store holds the old latch or the new one. */
    void write(StoredLatch.Latched latch) throws IOException;

    /** Records durably that a latch was cleared. */
    void write(StoredLatch.Open open) throws IOException;

    /** The store in a file, {@code estop.json} in the state directory. */
    static LatchStore file(Path file) {
        return new LatchFile(file);
    }
}
