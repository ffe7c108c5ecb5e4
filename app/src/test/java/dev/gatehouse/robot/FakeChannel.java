package dev.gatehouse.robot;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Hardware that keeps a diary. It confirms every stop at once unless told otherwise. */
final class FakeChannel implements StopChannel {
    final List<String> diary = new CopyOnWriteArrayList<>();
    final AtomicInteger halts = new AtomicInteger();
    volatile int dropped;
    volatile int failing;
    volatile boolean confirms = true;
    volatile Optional<String> refusal = Optional.empty();
    volatile @Nullable CountDownLatch firstHaltHangs;
    private volatile boolean confirmed;

    @Override
    public void halt() {
        var count = halts.incrementAndGet();
        diary.add("halt");
        if (count <= failing) {
            throw new IllegalStateException("the wire is cut");
        }
        confirmed = false;
        var hang = firstHaltHangs;
        if (hang != null && count == 1) {
            awaitForever(hang);
        }
        confirmed = count > dropped;
    }

    @Override
    public boolean halted() {
        return confirmed && confirms;
    }

    @Override
    public Optional<String> release() {
        return refusal;
    }

    static void awaitForever(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
