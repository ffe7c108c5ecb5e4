package dev.gatehouse.dispatch;

import dev.gatehouse.dispatch.LiveTask.Urgency;

/** What is done when a task is told to stop. Identity matters, not content: one action may be registered twice. */
final class StopAction {
    private final Urgency urgency;
    private final Runnable run;

    StopAction(Urgency urgency, Runnable run) {
        this.urgency = urgency;
        this.run = run;
    }

    Urgency urgency() {
        return urgency;
    }

    Runnable run() {
        return run;
    }
}
