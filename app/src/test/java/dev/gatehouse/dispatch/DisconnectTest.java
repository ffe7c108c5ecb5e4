package dev.gatehouse.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dispatch.LiveTask.Urgency;
import dev.gatehouse.tool.Effect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens when the caller is gone (section 11, T16), with a grace of 3 s. */
@Timeout(60)
class DisconnectTest {
    /** Nobody sleeps on the bench's clock but the deadline, until a caller leaves. */
    private static final int DEADLINE_ONLY = 1;

    private static final Duration ALMOST = Duration.ofMillis(2_800);

    @TempDir
    Path directory;

    private final CountDownLatch cut = new CountDownLatch(1);
    private final CountDownLatch callEnds = new CountDownLatch(1);

    @SuppressWarnings("NullAway.Init") // opened before each test
    private DispatchBench bench;

    @BeforeEach
    void open() {
        bench = new DispatchBench(directory);
        bench.script(task -> {
            var stopped = new CountDownLatch(1);
            task.onStop(Urgency.NOW, () -> {
                cut.countDown();
                callEnds.countDown();
            });
            task.onStop(Urgency.AFTER_CALL, stopped::countDown);
            stopped.await();
            callEnds.await();
            return DispatchBench.done();
        });
    }

    @AfterEach
    void close() {
        bench.dispatcher.close();
        bench.close();
    }

    private LiveTask submit(DisconnectPolicy policy) {
        return bench.submit(
                bench.gate.mover(),
                DispatchBench.order("look", Effect.OBSERVE, false, Optional.of(policy)),
                Optional.empty());
    }

    /** Leaves, and waits until the grace has begun. */
    private void leave(Watch watch) throws Exception {
        bench.ticker.awaitSleepers(DEADLINE_ONLY);
        watch.close();
        bench.ticker.awaitSleepers(DEADLINE_ONLY + 1);
    }

    @Test
    @DisplayName("T16.3, T16.4: stopped when the grace is over, not before")
    void stop() throws Exception {
        var task = submit(DisconnectPolicy.STOP);
        leave(bench.dispatcher.watch(task));
        bench.ticker.advance(ALMOST);
        assertThat(cut.getCount()).isEqualTo(1);
        bench.ticker.advance(Duration.ofMillis(200));

        task.over().join();
        assertThat(task.task().state()).isEqualTo(TaskState.STOPPED_DISCONNECT);
        assertThat(bench.gate.records("disconnect")).hasSize(1);
    }

    @Test
    @DisplayName("T16.4: who comes back within the grace and leaves again has the whole grace again")
    void reattach() throws Exception {
        var task = submit(DisconnectPolicy.STOP);
        leave(bench.dispatcher.watch(task));
        bench.ticker.advance(ALMOST);
        bench.dispatcher.watch(task).close();
        bench.ticker.advance(Duration.ofMillis(200));
        bench.ticker.awaitSleepers(DEADLINE_ONLY + 1);
        assertThat(cut.getCount()).as("3 s after the first time").isEqualTo(1);
        // The second grace began while the clock stood at 2.8 s or at 3 s.
        bench.ticker.advance(Duration.ofMillis(2_700));
        assertThat(cut.getCount()).as("2.7 s or more after the second time").isEqualTo(1);
        bench.ticker.advance(Duration.ofMillis(300));
        task.over().join();

        assertThat(task.task().state()).isEqualTo(TaskState.STOPPED_DISCONNECT);
        assertThat(bench.events(task))
                .filteredOn(e -> e.type() == EventType.STREAM)
                .extracting(e -> e.member("action").asString(""))
                .containsExactly("detached", "attached", "detached");
    }

    @Test
    @DisplayName("T16.4: a re-attach 0.2 s before the grace is over cancels the reaction, one 0.2 s after it does not")
    void lateReattach() throws Exception {
        var early = submit(DisconnectPolicy.STOP);
        leave(bench.dispatcher.watch(early));
        bench.ticker.advance(ALMOST);
        var back = bench.dispatcher.rewatch(early.taskId(), bench.gate.mover());
        bench.ticker.advance(Duration.ofSeconds(20));
        assertThat(early.ending()).isFalse();
        back.close();
        bench.ticker.awaitSleepers(DEADLINE_ONLY + 1);
        bench.ticker.advance(Duration.ofMillis(3_200));
        org.awaitility.Awaitility.await().until(early::ending);
        var late = bench.dispatcher.rewatch(early.taskId(), bench.gate.mover());

        early.over().join();
        assertThat(early.task().state()).isEqualTo(TaskState.STOPPED_DISCONNECT);
        late.close();
    }

    @Test
    @DisplayName("D11.1, T16.2: a stream of another credential is nobody's presence")
    void anotherCredential() throws Exception {
        var task = submit(DisconnectPolicy.STOP);
        leave(bench.dispatcher.watch(task));
        bench.dispatcher.rewatch(task.taskId(), bench.gate.reader());
        bench.ticker.advance(Duration.ofSeconds(3));

        task.over().join();
        assertThat(task.task().state()).isEqualTo(TaskState.STOPPED_DISCONNECT);
    }

    private LiveTask promise(Optional<DisconnectPolicy> policy) {
        return bench.submit(
                bench.gate.mover(),
                DispatchBench.order("look", Effect.OBSERVE, false, policy, Optional.of(Duration.ofSeconds(5))),
                Optional.empty());
    }

    @Test
    @DisplayName("D11.6: whoever renews in time is there; a missed renewal is a lost caller, though a stream is open")
    void deadMan() throws Exception {
        var task = promise(Optional.empty());
        bench.dispatcher.watch(task);
        for (var i = 0; i < 3; i++) {
            bench.ticker.awaitSleepers(DEADLINE_ONLY + 1);
            bench.ticker.advance(Duration.ofMillis(4_900));
            bench.dispatcher.renew(task);
        }
        assertThat(task.ending()).isFalse();
        bench.ticker.awaitSleepers(DEADLINE_ONLY + 1);
        bench.ticker.advance(Duration.ofSeconds(5));
        // The grace.
        bench.ticker.awaitSleepers(DEADLINE_ONLY + 1);
        bench.ticker.advance(ALMOST);
        assertThat(task.ending()).isFalse();
        bench.ticker.advance(Duration.ofMillis(200));

        task.over().join();
        assertThat(task.task().state()).isEqualTo(TaskState.STOPPED_DISCONNECT);
        assertThat(bench.events(task))
                .filteredOn(e -> e.type() == EventType.STREAM)
                .extracting(e -> e.member("reason").asString(""))
                .containsExactly("deadman_missed");
        assertThat(bench.gate.records("disconnect"))
                .singleElement()
                .satisfies(
                        record -> assertThat(record.path("reason").asString("")).isEqualTo("deadman_missed"));
    }

    @Test
    @DisplayName("D11.6, T16.4: a renewal within the grace counts as coming back, and the promise holds on")
    void lateRenewal() throws Exception {
        var task = promise(Optional.empty());
        bench.ticker.awaitSleepers(DEADLINE_ONLY + 1);
        bench.ticker.advance(Duration.ofSeconds(5));
        bench.ticker.awaitSleepers(DEADLINE_ONLY + 1);
        bench.ticker.advance(ALMOST);
        bench.dispatcher.renew(task);
        bench.ticker.awaitSleepers(DEADLINE_ONLY + 1);
        bench.ticker.advance(Duration.ofMillis(4_900));
        assertThat(task.ending()).isFalse();
        bench.ticker.advance(Duration.ofMillis(100));
        bench.ticker.awaitSleepers(DEADLINE_ONLY + 1);
        bench.ticker.advance(Duration.ofSeconds(3));

        task.over().join();
        assertThat(task.task().state()).isEqualTo(TaskState.STOPPED_DISCONNECT);
    }

    @Test
    @DisplayName("D11.4, D11.6: who chose to continue does so, and the log says that the caller was silent")
    void silentAndContinuing() throws Exception {
        var task = promise(Optional.of(DisconnectPolicy.CONTINUE));
        bench.ticker.awaitSleepers(DEADLINE_ONLY + 1);
        bench.ticker.advance(Duration.ofSeconds(5));
        bench.ticker.awaitSleepers(DEADLINE_ONLY + 1);
        bench.ticker.advance(Duration.ofSeconds(10));
        org.awaitility.Awaitility.await()
                .until(() -> !bench.gate.records("disconnect").isEmpty());

        assertThat(task.ending()).isFalse();
    }

    @Test
    @DisplayName("D11.1: while one of two streams is open nobody is gone; closing one twice counts once")
    void twoStreams() throws Exception {
        var task = submit(DisconnectPolicy.STOP);
        var first = bench.dispatcher.watch(task);
        var second = bench.dispatcher.watch(task);
        first.close();
        first.close();
        bench.ticker.awaitSleepers(DEADLINE_ONLY);
        bench.ticker.advance(Duration.ofSeconds(10));
        assertThat(cut.getCount()).isEqualTo(1);
        leave(second);
        bench.ticker.advance(Duration.ofSeconds(3));

        task.over().join();
        assertThat(task.task().state()).isEqualTo(TaskState.STOPPED_DISCONNECT);
    }

    @Test
    @DisplayName("T16.8: finish_step lets the running call end")
    void finishStep() throws Exception {
        var task = submit(DisconnectPolicy.FINISH_STEP);
        leave(bench.dispatcher.watch(task));
        bench.ticker.advance(Duration.ofSeconds(3));
        org.awaitility.Awaitility.await().until(() -> task.task().state() == TaskState.STOPPING);
        assertThat(task.ending()).as("no other call begins").isTrue();
        bench.ticker.advance(Duration.ofSeconds(20));
        assertThat(cut.getCount()).as("the call is not cut").isEqualTo(1);
        callEnds.countDown();

        task.over().join();
        assertThat(task.task().state()).isEqualTo(TaskState.STOPPED_DISCONNECT);
    }

    @Test
    @DisplayName("D11.4, D10.4: a call that is let finish has until the deadline, and then 5 s")
    void finishStepEndsAtTheDeadline() throws Exception {
        var task = submit(DisconnectPolicy.FINISH_STEP);
        leave(bench.dispatcher.watch(task));
        bench.ticker.advance(Duration.ofSeconds(3));
        org.awaitility.Awaitility.await().until(() -> task.task().state() == TaskState.STOPPING);
        bench.ticker.awaitSleepers(DEADLINE_ONLY);
        bench.ticker.advance(Duration.ofSeconds(57));

        task.over().join();
        assertThat(task.task().state()).as("the stronger of the two causes").isEqualTo(TaskState.STOPPED_DISCONNECT);
        assertThat(cut.getCount()).isZero();
    }

    @Test
    @DisplayName("D11.4: continue lets the task go on")
    void goOn() throws Exception {
        var task = submit(DisconnectPolicy.CONTINUE);
        leave(bench.dispatcher.watch(task));
        bench.ticker.advance(Duration.ofSeconds(30));

        assertThat(task.ending()).isFalse();
    }

    @Test
    @DisplayName("11: a task that ends during the grace ends as it would have, and no disconnect is recorded")
    void endsMeanwhile() throws Exception {
        var task = submit(DisconnectPolicy.STOP);
        leave(bench.dispatcher.watch(task));
        bench.dispatcher.cancel(task, "enough");
        task.over().join();
        bench.ticker.advance(Duration.ofSeconds(10));

        assertThat(task.task().state()).isEqualTo(TaskState.CANCELED);
        assertThat(bench.gate.records("disconnect")).isEmpty();
    }
}
