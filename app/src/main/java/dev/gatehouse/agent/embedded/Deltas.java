package dev.gatehouse.agent.embedded;

import dev.gatehouse.agent.EngineSink;

/** Passes on text while it streams, until it is closed: an abandoned attempt must not speak after the run went on. */
final class Deltas implements AutoCloseable {
    private final EngineSink sink;
    private final int turn;
    private boolean open;

    /** @param wanted whether anybody asked for deltas */
    Deltas(EngineSink sink, int turn, boolean wanted) {
        this.sink = sink;
        this.turn = turn;
        this.open = wanted;
    }

    synchronized void text(String text) {
        if (open) {
            sink.textDelta(turn, text);
        }
    }

    @Override
    public synchronized void close() {
        open = false;
    }
}
