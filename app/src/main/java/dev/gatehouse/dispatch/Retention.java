package dev.gatehouse.dispatch;

import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets tasks that have been over for long, with their logs, what was kept of them, and the keys they were ordered under (D14.3). The audit is
 * never touched.
 */
public final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    /** How long a repeated order is recognised at least; no task goes earlier, because a key would point at nothing (D13.1). */
    static final Duration WINDOW = Duration.ofHours(24);

    private static final Duration PAUSE = Duration.ofHours(1);
    /** Tasks in one transaction, so that events of running tasks never wait long for it. */
    private static final int BATCH = 200;

    private final TaskStore store;
    private final ArtifactFiles files;
    private final Limits limits;
    private final Clock clock;
    private final Ticker ticker;
    private final Thread thread;

    private Retention(TaskStore store, ArtifactFiles files, Limits limits, Clock clock, Ticker ticker) {
        this.store = store;
        this.files = files;
        this.limits = limits;
        this.clock = clock;
        this.ticker = ticker;
        this.thread = Thread.ofVirtual().name("retention").unstarted(this::run);
    }

    /**
     * What is kept at most.
     *
     * @param age since the end of a task
     * @param count of tasks that are over; the newest stay
     */
    public record Limits(Duration age, int count) {
        /** 30 days or 10 000 tasks, whichever is less. */
        public static final Limits STANDARD = new Limits(Duration.ofDays(30), 10_000);
    }

    /** Sweeps now and every hour until it is closed. */
    public static Retention start(TaskStore store, ArtifactFiles files, Limits limits, Clock clock, Ticker ticker) {
        var retention = new Retention(store, files, limits, clock, ticker);
        retention.thread.start();
        return retention;
    }

    private void run() {
        try {
            while (true) {
                sweep(store, limits, clock);
                sweep(store, files);
                ticker.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            LOG.trace("closing");
        }
    }

    /** Forgets what may go now; what cannot be written now goes the next time. */
    static int sweep(TaskStore store, Limits limits, Clock clock) {
        var now = clock.instant();
        var keysBefore = now.minus(WINDOW);
        var forgotten = 0;
        try {
            var ids = store.expired(limits, now, BATCH);
            while (!ids.isEmpty()) {
                store.write(new Change.Forget(ids, keysBefore)).join();
                forgotten += ids.size();
                ids = store.expired(limits, now, BATCH);
            }
            store.write(new Change.Forget(ids, keysBefore)).join();
        } catch (StoreUnavailableException | CompletionException e) {
            LOG.error("old tasks cannot be forgotten now", e);
        }
        if (forgotten > 0) {
            LOG.info("forgot {} tasks that were over for long", forgotten);
        }
        return forgotten;
    }

    /** Deletes what was kept of tasks that are forgotten. */
    static void sweep(TaskStore store, ArtifactFiles files) {
        try {
            files.sweep(store.artifactHashes());
        } catch (StoreUnavailableException | IOException e) {
            LOG.error("old artifacts cannot be deleted now", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
