package dev.gatehouse.dispatch;

import dev.gatehouse.dispatch.LiveTask.Urgency;
import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.function.Consumer;

/** Finds tasks that should have ended: at their deadline, and when they do not settle after a stop. */
final class Overdue {
    /** How long a task that was stopped at once may take to settle (D10.4, D12.2). */
    static final Duration SETTLE = Duration.ofSeconds(5);

    private final Ticker ticker;
    private final Consumer<LiveTask> atDeadline;
    private final Consumer<LiveTask> unsettled;

    Overdue(Ticker ticker, Consumer<LiveTask> atDeadline, Consumer<LiveTask> unsettled) {
        this.ticker = ticker;
        this.atDeadline = atDeadline;
        this.unsettled = unsettled;
    }

    /** Watches a task until it is over. A gentle stop has the time of the deadline, which then stops it at once (D11.4). */
    void watch(LiveTask task) {
        var _ = Companion.of(task, "deadline", () -> {
            ticker.sleepUntil(task.deadline().at());
            atDeadline.accept(task);
        });
        task.onStop(Urgency.NOW, () -> {
            var _ = Companion.of(task, "settle", () -> {
                ticker.sleep(SETTLE);
                unsettled.accept(task);
            });
        });
    }
}
