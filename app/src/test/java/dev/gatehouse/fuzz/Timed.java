package dev.gatehouse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** An answer that took less than a second of the processor's time, however busy the machine is (robot-md.md 15.1). */
final class Timed {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Timed() {}

    /** Asks once more before it complains, because the first time classes are loaded. */
    static <T> T answer(Supplier<T> question) {
        var start = THREADS.getCurrentThreadCpuTime();
        var answer = question.get();
        if (isLong(start)) {
            start = THREADS.getCurrentThreadCpuTime();
            answer = question.get();
            assertThat(isLong(start)).as("more than a second").isFalse();
        }
        return answer;
    }

    private static boolean isLong(long start) {
        return THREADS.getCurrentThreadCpuTime() - start > TimeUnit.SECONDS.toNanos(1);
    }
}
