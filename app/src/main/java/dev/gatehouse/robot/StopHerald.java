package dev.gatehouse.robot;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells those who keep records about stops, in order, on a thread that nothing on the stop path waits for. */
final class StopHerald implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopHerald.class);

    private final ConcurrentLinkedQueue<StopReport> reports = new ConcurrentLinkedQueue<>();
    private final List<Consumer<StopReport>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean toldUnconfirmed = new AtomicBoolean();
    private final Worker worker = Worker.start("gatehouse-stop-herald", this::deliver);

    void add(Consumer<StopReport> listener) {
        listeners.add(listener);
    }

    void tell(StopReport report) {
        if (!report.stop().acked()) {
            toldUnconfirmed.set(true);
        }
        reports.add(report);
        worker.wake();
    }

    /** The hardware confirmed; told only if it was last told to be unconfirmed. */
    void confirmed(Supplier<StopReport> report) {
        if (toldUnconfirmed.compareAndSet(true, false)) {
            tell(report.get());
        }
    }

    /** The latch was cleared; what comes next is another stop. */
    void forget() {
        toldUnconfirmed.set(false);
    }

    @Override
    public void close() {
        worker.close();
    }

    private void deliver() {
        for (var report = reports.poll(); report != null; report = reports.poll()) {
            for (var listener : listeners) {
                tell(listener, report);
            }
        }
    }

    private static void tell(Consumer<StopReport> listener, StopReport report) {
        try {
            listener.accept(report);
        } catch (RuntimeException e) {
            LOG.error("a listener could not record a stop", e);
        }
    }
}
