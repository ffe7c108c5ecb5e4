package dev.gatehouse.bench;

import dev.gatehouse.dispatch.Ending;
import dev.gatehouse.dispatch.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** From an order until it is a durable task: how long at a steady rate, and how many as fast as they come. */
final class Dispatching implements Measurement {
    private static final long PAUSE_NANOS = 1_000_000;
    private static final int CALLERS = 256;

    @Override
    public String name() {
        return "dispatch";
    }

    @Override
    public List<Row> measure(Site site, Effort effort) throws Exception {
        var rows = new ArrayList<Row>();
        try (var scratch = site.scratch();
                var plain = new PlainSqlite(scratch.directory().resolve("plain.db"))) {
            var over = new CountDownLatch(1);
            try (var house = new DispatchHouse(scratch, 1, task -> {
                over.await();
                return Ending.of(TaskState.COMPLETED, "", Optional.empty());
            })) {
                atOnce(house, effort.of(3000, 20));
                var compared = plain.timed(effort.of(1000, 5));
                rows.add(steady(atARate(house, effort.of(5000, 20)), compared));
                rows.add(throughput(house, effort.of(10_000, 50), compared));
                over.countDown();
            }
        }
        return rows;
    }

    private static Row steady(Percentiles measured, Percentiles plain) {
        return Row.judged(
                "order until its task is durable, policy and audit included, 1,000 orders/s into the queue",
                "p50 < 2 ms, p99 < 15 ms",
                measured.inMillis(),
                "one row, one commit, SQLite with the same settings: " + plain.inMillis(),
                measured.p50() < 2_000_000 && measured.p99() < 15_000_000);
    }

    private static Row throughput(DispatchHouse house, int count, Percentiles plain) throws Exception {
        var each = atOnce(house, count);
        return Row.judged(
                "durable tasks by " + CALLERS + " callers at once",
                "≥ 5,000/s",
                perSecond(each),
                "one row after the other, SQLite with the same settings: " + perSecond(plain.p50()),
                each <= 200_000);
    }

    private static String perSecond(long nanosEach) {
        return String.format(Locale.ROOT, "%,d/s", 1_000_000_000 / nanosEach);
    }

    /** One order each millisecond, whether the one before is through or not; counted from when it was due. */
    private static Percentiles atARate(DispatchHouse house, int count) throws Exception {
        var nanos = new long[count];
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var begin = System.nanoTime();
            for (var i = 0; i < count; i++) {
                var number = i;
                var due = begin + i * PAUSE_NANOS;
                for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                callers.execute(() -> {
                    house.order();
                    nanos[number] = System.nanoTime() - due;
                });
            }
        }
        return Percentiles.of(nanos);
    }

    /** Nanoseconds for each of so many orders. */
    private static long atOnce(DispatchHouse house, int count) throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var each = Math.max(1, count / CALLERS);
            var from = System.nanoTime();
            var done = new ArrayList<Future<?>>();
            for (var caller = 0; caller < CALLERS; caller++) {
                done.add(callers.submit(() -> {
                    for (var i = 0; i < each; i++) {
                        house.order();
                    }
                }));
            }
            for (var caller : done) {
                caller.get();
            }
            return (System.nanoTime() - from) / ((long) each * CALLERS);
        }
    }
}
