package dev.gatehouse.agent;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a run from outside that it must end, and why. Set once; the first cause stays (D1.5 is settled by the Task). */
public final class StopSignal {
    private final Set<Runnable> actions = new LinkedHashSet<>();
    private @Nullable String cause;

    /**
     * Sets the signal and runs what was registered, on the calling thread.
     *
     * @param cause a name such as {@code estop} or {@code canceled}
     * @return whether this call was the one that set it
     */
    public boolean stop(String cause) {
        List<Runnable> due;
        synchronized (actions) {
            if (this.cause != null) {
                return false;
            }
            this.cause = cause;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
        return true;
    }

    public boolean stopped() {
        return cause().isPresent();
    }

    public Optional<String> cause() {
        synchronized (actions) {
            return Optional.ofNullable(cause);
        }
    }

    /**
     * Runs the action when the signal is set, at once if it is set already. The action must be quick and must not throw: it runs on
     * the thread that stops the robot.
     */
    public Registration onStop(Runnable action) {
        // A wrapper of its own, so that registering one action twice gives two registrations.
        Runnable once = () -> action.run();
        synchronized (actions) {
            if (cause == null) {
                actions.add(once);
                return () -> {
                    synchronized (actions) {
                        actions.remove(once);
                    }
                };
            }
        }
        action.run();
        return () -> {};
    }

    /** Takes an action back. Harmless when repeated or when the action ran. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
