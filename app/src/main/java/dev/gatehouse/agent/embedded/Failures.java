package dev.gatehouse.agent.embedded;

import java.util.concurrent.ExecutionException;

/** Brings a bug from another thread to the thread that waits for it. */
final class Failures {
    private Failures() {}

    /** Returns the cause to throw; errors are thrown right away. */
    static RuntimeException unchecked(ExecutionException failure) {
        if (failure.getCause() instanceof Error error) {
            throw error;
        }
        return failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
    }
}
