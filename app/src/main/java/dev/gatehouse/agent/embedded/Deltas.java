package dev.gatehouse.agent.embedded;

import java.util.function.Consumer;

/** Passes on text while it streams, until it is closed: an abandoned attempt must not speak after the run went on. */
final class Deltas implements AutoCloseable {
    private final Consumer<String> sink;
    private boolean open;

    /** @param wanted whether anybody asked for deltas */
    Deltas(Consumer<String> sink, boolean wanted) {
        this.sink = sink;
        this.open = wanted;
    }

    /** Nobody listens. */
    static Deltas unwanted() {
        return new Deltas(text -> {}, false);
    }

    synchronized void text(String text) {
        if (open) {
            sink.accept(text);
        }
    }

    @Override
    public synchronized void close() {
        open = false;
    }
}
