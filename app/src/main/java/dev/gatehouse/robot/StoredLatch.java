package dev.gatehouse.robot;

import java.util.Optional;

/** What the latch file says. */
public sealed interface StoredLatch {
    /** No latch. {@code cleared} is the id of the last one that was cleared. */
    record Open(Optional<String> cleared) implements StoredLatch {}

    /** A latch is set. */
    record Latched(LatchState latch) implements StoredLatch {}

    /** The file says nothing that can be relied on, which counts as latched (D8.6). */
    record Unreadable() implements StoredLatch {}
}
