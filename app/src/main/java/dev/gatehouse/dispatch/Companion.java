package dev.gatehouse.dispatch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads that wait for something on behalf of a task, and are interrupted when the task is over. */
final class Companion {
    private static final Logger LOG = LoggerFactory.getLogger(Companion.class);

    private Companion() {}

    static Thread of(LiveTask task, String name, Work work) {
        var thread = Thread.ofVirtual().name(name + "-" + task.taskId()).start(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                LOG.trace("task {}: {} is not waited for any more", task.taskId(), name);
            }
        });
        var _ = task.over().thenRun(thread::interrupt);
        return thread;
    }

    /** Something that waits and can be told not to. */
    interface Work {
        void run() throws InterruptedException;
    }
}
