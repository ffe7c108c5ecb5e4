package dev.gatehouse.cli;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ctrl-C while a person is asked: the program ends and nothing was written. Once writing has begun it is too late to interrupt. */
final class Interruption implements AutoCloseable {
    /** What a shell calls a program that Ctrl-C ended. */
    static final int EXIT_CODE = 130;

    static final String MESSAGE = "Aborted. No files written.";

    /** Decided once, by whoever comes first: the person who interrupts, or the program that goes on. */
    private final AtomicBoolean decided = new AtomicBoolean();

    private final PrintWriter err;

    private final Signals.Restored before;

    private Interruption(PrintWriter err) {
        this.err = err;
        this.before = Signals.handle("INT", this::interrupted);
    }

    /** Listens for Ctrl-C from now on, until it is closed. */
    static Interruption listen(PrintWriter err) {
        return new Interruption(err);
    }

    private void interrupted() {
        if (decided.compareAndSet(false, true)) {
            err.println();
            err.println(MESSAGE);
            err.flush();
            // Not an orderly exit: the thread that asks sits in a read which nothing can interrupt.
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    /** Whether the program may go on; from then on Ctrl-C does nothing. */
    boolean tooLate() {
        return decided.compareAndSet(false, true);
    }

    @Override
    public void close() {
        before.close();
    }
}
