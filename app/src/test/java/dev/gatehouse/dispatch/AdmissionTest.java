package dev.gatehouse.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dispatch.Admission.Entry;
import dev.gatehouse.gate.ActuateLease;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.Effect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AdmissionTest {
    @TempDir
    Path directory;

    private final ActuateLease lease = new ActuateLease(0, Ticker.system());

    @SuppressWarnings("NullAway.Init") // opened before each test
    private DispatchBench bench;

    @BeforeEach
    void open() {
        bench = new DispatchBench(directory);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private LiveTask moving() {
        return bench.loose(Effect.ACTUATE);
    }

    private LiveTask looking() {
        return bench.loose(Effect.OBSERVE);
    }

    @Test
    @DisplayName("D9.4: first in, first out; who only looks does not wait for the lease")
    void order() {
        var admission = new Admission(() -> 3, () -> 10, lease);
        var first = moving();
        var second = moving();
        var third = moving();
        assertThat(admission.enter(first)).isEqualTo(Entry.RUN);
        assertThat(admission.enter(second)).isEqualTo(Entry.WAIT_LEASE);
        assertThat(admission.enter(third)).isEqualTo(Entry.WAIT_LEASE);
        assertThat(admission.enter(looking())).isEqualTo(Entry.RUN);

        assertThat(admission.leave(first)).containsExactly(second);
        assertThat(admission.leave(second)).containsExactly(third);
        assertThat(admission.waiting()).isZero();
    }

    @Test
    @DisplayName("D9.6: slots bound what runs")
    void slots() {
        var admission = new Admission(() -> 2, () -> 10, lease);
        var first = looking();
        var third = looking();
        assertThat(admission.enter(first)).isEqualTo(Entry.RUN);
        assertThat(admission.enter(looking())).isEqualTo(Entry.RUN);
        assertThat(admission.enter(third)).isEqualTo(Entry.WAIT_SLOT);

        assertThat(admission.leave(first)).containsExactly(third);
        assertThat(admission.leave(first))
                .as("leaving twice frees nothing twice")
                .isEmpty();
        assertThat(admission.enter(looking())).isEqualTo(Entry.WAIT_SLOT);
    }

    @Test
    @DisplayName("D9.4: the queue is bounded, and who does not wait is turned away")
    void bound() {
        var admission = new Admission(() -> 1, () -> 1, lease);
        assertThat(admission.enter(looking())).isEqualTo(Entry.RUN);
        assertThat(admission.enter(bench.loose(DispatchBench.order(Effect.OBSERVE, false))))
                .isEqualTo(Entry.TURNED_AWAY);
        assertThat(admission.enter(looking())).isEqualTo(Entry.WAIT_SLOT);
        assertThat(admission.obstacle(DispatchBench.order(Effect.OBSERVE, true)))
                .get()
                .extracting(Refusal::code)
                .isEqualTo(Refusal.Code.NO_CAPACITY);
        assertThat(admission.enter(looking())).isEqualTo(Entry.TURNED_AWAY);
    }

    @Test
    void whoLeavesTheQueueIsNotLetInLater() {
        var admission = new Admission(() -> 1, () -> 10, lease);
        var first = looking();
        var second = looking();
        admission.enter(first);
        admission.enter(second);
        assertThat(admission.leave(second)).isEmpty();

        assertThat(admission.leave(first)).isEmpty();
    }

    @Test
    @DisplayName("D9.4: nobody overtakes whoever waits for the same lease, also when a direct call gives it back")
    void noOvertaking() {
        var admission = new Admission(() -> 3, () -> 10, lease);
        var direct = lease.take("cal-1").orElseThrow();
        var waiting = moving();
        assertThat(admission.enter(waiting)).isEqualTo(Entry.WAIT_LEASE);
        lease.release(direct);
        assertThat(admission.enter(moving())).isEqualTo(Entry.WAIT_LEASE);

        assertThat(admission.promote()).containsExactly(waiting);
    }

    @Test
    @DisplayName("T17.1, D9.5: of 1 000 who come at once never two hold the lease, and none is lost")
    void thousand() throws Exception {
        var admission = new Admission(() -> 2_000, () -> 2_000, lease);
        var holders = new AtomicInteger();
        var worst = new AtomicInteger();
        var ran = new AtomicInteger();
        var all = new CountDownLatch(1_000);
        var start = new CountDownLatch(1);
        var entering = new ArrayList<FutureTask<?>>();
        for (var i = 0; i < 1_000; i++) {
            var task = moving();
            var enter = new FutureTask<Void>(() -> {
                start.await();
                if (admission.enter(task) == Entry.RUN) {
                    hold(admission, task, holders, worst, ran, all);
                }
                return null;
            });
            entering.add(enter);
            Thread.ofVirtual().start(enter);
        }
        start.countDown();
        for (var enter : entering) {
            enter.get();
        }
        all.await();

        assertThat(ran).hasValue(1_000);
        assertThat(worst).hasValue(1);
        assertThat(lease.holder()).isEmpty();
    }

    private static void hold(
            Admission admission,
            LiveTask first,
            AtomicInteger holders,
            AtomicInteger worst,
            AtomicInteger ran,
            CountDownLatch all) {
        var task = first;
        while (true) {
            worst.accumulateAndGet(holders.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            holders.decrementAndGet();
            ran.incrementAndGet();
            all.countDown();
            var next = admission.leave(task);
            if (next.isEmpty()) {
                return;
            }
            task = next.getFirst();
        }
    }
}
