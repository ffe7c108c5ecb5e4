package dev.gatehouse.web;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the answers that are being written piece by piece: the followers of tasks, and MCP clients that wait. */
final class OpenStreams {
    private final AtomicInteger open = new AtomicInteger();

    void opened() {
        open.incrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }

    int count() {
        return open.get();
    }
}
