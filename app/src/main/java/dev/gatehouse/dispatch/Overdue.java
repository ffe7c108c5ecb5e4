package dev.gatehouse.dispatch;

import dev.gatehouse.dispatch.LiveTask.Urgency;
import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds tasks that should have ended: at their deadline, and when they do not settle after a stop. */
final class Overdue {
    private static final Logger LOG = LoggerFactory.getLogger(Overdue.class);
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
        whileAlive(task, "deadline-", () -> {
            ticker.sleepUntil(task.deadline().at());
            atDeadline.accept(task);
        });
        task.onStop(
                Urgency.NOW,
                () -> whileAlive(task, "settle-", () -> {
                    ticker.sleep(SETTLE);
                    unsettled.accept(task);
                }));
    }

    private static void whileAlive(LiveTask task, String name, Waiting waiting) {
        var thread = Thread.ofVirtual().name(name + task.taskId()).start(() -> {
            try {
                waiting.run();
            } catch (InterruptedException e) {
                LOG.trace("task {} is over", task.taskId());
            }
        });
        var _ = task.over().thenRun(thread::interrupt);
    }

    /** Something that waits and can be told not to. */
    private interface Waiting {
        void run() throws InterruptedException;
    }
}
