package dev.gatehouse.bench;

import dev.gatehouse.dispatch.Ending;
import dev.gatehouse.dispatch.EventType;
import dev.gatehouse.dispatch.LiveTask;
import dev.gatehouse.dispatch.StreamLevel;
import dev.gatehouse.dispatch.TaskState;
import dev.gatehouse.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** What a thousand followers cost the task they follow: the time it spends on saying something. */
final class FanOut implements Measurement {
    private static final long PAUSE_NANOS = 20_000_000;
    private static final long MOST_NANOS = 1_000_000;

    @Override
    public String name() {
        return "followers";
    }

    @Override
    public List<Row> measure(Site site, Effort effort) throws Exception {
        var events = effort.of(250, 10);
        var crowd = effort.of(1000, 20);
        var warm = run(site, events, crowd);
        var alone = run(site, events, 0);
        var followed = run(site, events, crowd);
        return List.of(
                Row.judged(
                        "a task says something (50 events/s) while " + crowd + " follow it",
                        "p50 < 1 ms",
                        followed.emitted.inMicros(),
                        "nobody follows it: " + alone.emitted.inMicros(),
                        followed.emitted.p50() < MOST_NANOS),
                Row.information(
                        "lines that these followers were given, gaps included",
                        String.format(Locale.ROOT, "%,d, %,d gaps", followed.lines, followed.gaps),
                        String.format(
                                Locale.ROOT, "the run before, to warm up: %,d, %,d gaps", warm.lines, warm.gaps)));
    }

    /** What came of one task. */
    private record Run(Percentiles emitted, long lines, long gaps) {}

    private static Run run(Site site, int events, int followers) throws Exception {
        var nanos = new long[events];
        var ready = new CountDownLatch(1);
        try (var scratch = site.scratch();
                var house = new DispatchHouse(scratch, 1, task -> {
                    ready.await();
                    talk(task, nanos);
                    return Ending.of(TaskState.COMPLETED, "", Optional.empty());
                });
                var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            var task = house.order();
            var open = new CountDownLatch(followers);
            var reading = new ArrayList<Future<long[]>>();
            for (var i = 0; i < followers; i++) {
                reading.add(readers.submit(() -> follow(house, task, open)));
            }
            open.await();
            ready.countDown();
            task.over().join();
            var lines = 0L;
            var gaps = 0L;
            for (var reader : reading) {
                lines += reader.get()[0];
                gaps += reader.get()[1];
            }
            return new Run(Percentiles.of(nanos), lines, gaps);
        }
    }

    private static void talk(LiveTask task, long[] nanos) {
        for (var i = 0; i < nanos.length; i++) {
            var text = Json.object().put("turn", 1).put("text", "the red cube is on the table, left of the bin");
            var from = System.nanoTime();
            task.emit(EventType.TEXT, text);
            nanos[i] = System.nanoTime() - from;
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static long[] follow(DispatchHouse house, LiveTask task, CountDownLatch open) throws Exception {
        var follower = house.dispatcher.tasks().follow(task, StreamLevel.PROGRESS, 0);
        var counts = new long[2];
        for (var first = true; !follower.done(); first = false) {
            for (var line : follower.next(first ? Duration.ZERO : Duration.ofSeconds(1))) {
                counts[0]++;
                counts[1] += line.type().equals("gap") ? 1 : 0;
            }
            if (first) {
                open.countDown();
            }
        }
        return counts;
    }
}
