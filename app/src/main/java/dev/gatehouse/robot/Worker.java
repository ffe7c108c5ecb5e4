package dev.gatehouse.robot;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A platform thread that exists before it is needed and runs one job each time it is woken. Waking it takes no lock and
 * allocates nothing; wakings that come while the job runs are answered by one more run.
 */
final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final AtomicLong wakings = new AtomicLong();
    private final Runnable job;
    private final Thread thread;
    private volatile boolean closed;

    private Worker(String name, Runnable job) {
        this.job = job;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::loop);
    }

    static Worker start(String name, Runnable job) {
        var worker = new Worker(name, job);
        worker.thread.start();
        return worker;
    }

    void wake() {
        wakings.incrementAndGet();
        LockSupport.unpark(thread);
    }

    /** Lets the job that is running end and runs no other; does not wait and does not interrupt hardware access. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void loop() {
        var answered = 0L;
        while (!closed) {
            var now = wakings.get();
            if (now == answered) {
                LockSupport.park(this);
                continue;
            }
            answered = now;
            try {
                job.run();
            } catch (RuntimeException | Error e) {
                // The thread must outlive any failure: without it there is no stop.
                LOG.error("{} failed", thread.getName(), e);
            }
        }
    }
}
