package dev.gatehouse.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.id.Ids;
import dev.gatehouse.time.ManualTicker;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("D8.9, T15.2: the only way to open the latch")
class ClearTest {
    private static final DurableRecord DURABLE = () -> {};

    private final FakeChannel channel = new FakeChannel();
    private final FakeStore store = new FakeStore(channel.diary);
    private final List<Interlock> opened = new ArrayList<>();

    @AfterEach
    void closeThreads() {
        opened.forEach(Interlock::close);
    }

    private Interlock open(Ticker ticker) {
        var interlock = Interlock.open(store, channel, ticker, Clock.systemUTC(), new Ids(), StopSettings::standard);
        opened.add(interlock);
        return interlock;
    }

    private static String stop(Interlock interlock) {
        return interlock.stop("anna", "smoke").latch().orElseThrow().latchId();
    }

    @Test
    void theRightIdOpensItAfterTheRecordIsDurable() {
        var interlock = open(Ticker.system());
        var id = stop(interlock);
        var latchedAtRecord = new ArrayList<Boolean>();
        var outcome = interlock.clear(id, "bob", "looked at it", false, () -> {
            latchedAtRecord.add(interlock.state().latched());
            channel.diary.add("record");
        });
        assertThat(outcome).isInstanceOf(ClearOutcome.Cleared.class);
        assertThat(latchedAtRecord).containsExactly(true);
        assertThat(channel.diary).containsExactly("halt", "persist", "record", "persist open");
        assertThat(interlock.admit()).isInstanceOf(Admission.Admitted.class);
        assertThat(store.content).isEqualTo(new StoredLatch.Open(Optional.of(id)));
    }

    @Test
    void notLatched() {
        assertThat(open(Ticker.system()).clear("est-x", "bob", "r", false, DURABLE))
                .isInstanceOf(ClearOutcome.NotLatched.class);
    }

    @Test
    void anOlderLatchIdIsRefused() {
        var interlock = open(Ticker.system());
        var old = stop(interlock);
        interlock.clear(old, "bob", "r", false, DURABLE);
        var current = stop(interlock);
        assertThat(current).isNotEqualTo(old);
        assertThat(interlock.clear(old, "bob", "r", false, DURABLE))
                .isInstanceOfSatisfying(
                        ClearOutcome.LatchChanged.class,
                        changed -> assertThat(changed.current().latchId()).isEqualTo(current));
        assertThat(interlock.state().latched()).isTrue();
    }

    @Test
    void anUnacknowledgedStopNeedsForce() {
        channel.confirms = false;
        var interlock = open(Ticker.system());
        var id = stop(interlock);
        assertThat(interlock.clear(id, "bob", "r", false, DURABLE)).isInstanceOf(ClearOutcome.StopUnacked.class);
        assertThat(interlock.clear(id, "bob", "r", true, DURABLE)).isInstanceOf(ClearOutcome.Cleared.class);
        assertThat(interlock.admit()).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void aRobotThatRefusesKeepsTheLatch() {
        channel.refusal = Optional.of("hardware_estop");
        var interlock = open(Ticker.system());
        var id = stop(interlock);
        assertThat(interlock.clear(id, "bob", "r", false, DURABLE))
                .isEqualTo(new ClearOutcome.RobotRefused("hardware_estop"));
        assertThat(interlock.state().latched()).isTrue();
        assertThat(channel.diary).doesNotContain("persist open");
    }

    @Test
    void aRecordThatFailsKeepsTheLatchAndHoldsTheRobotAgain() {
        var interlock = open(Ticker.system());
        var id = stop(interlock);
        assertThat(interlock.clear(id, "bob", "r", false, () -> {
                    throw new IOException("no space left");
                }))
                .isInstanceOf(ClearOutcome.RecordFailed.class);
        assertThat(interlock.state().latched()).isTrue();
        await().until(() -> channel.halts.get() == 2);
        assertThat(store.content).isInstanceOf(StoredLatch.Latched.class);
    }

    @Test
    void aRecordThatBreaksKeepsTheLatchToo() {
        var interlock = open(Ticker.system());
        var id = stop(interlock);
        assertThatThrownBy(() -> interlock.clear(id, "bob", "r", false, () -> {
                    throw new IllegalStateException("bug");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(interlock.state().latched()).isTrue();
        await().until(() -> channel.halts.get() == 2);
    }

    @Test
    void aLatchFileThatCannotBeWrittenKeepsTheLatch() {
        var interlock = open(Ticker.system());
        var id = stop(interlock);
        store.full = true;
        assertThat(interlock.clear(id, "bob", "r", false, DURABLE)).isInstanceOf(ClearOutcome.RecordFailed.class);
        assertThat(interlock.state().latched()).isTrue();
        store.full = false;
        await().until(() -> interlock.state().persisted());
    }

    @Test
    void aStopDuringTheClearingWins() {
        var interlock = open(Ticker.system());
        var id = stop(interlock);
        var outcome = interlock.clear(id, "bob", "r", false, () -> interlock.stop("eve", "no!"));
        assertThat(outcome).isInstanceOf(ClearOutcome.LatchChanged.class);
        assertThat(interlock.state().latched()).isTrue();
        await().until(() -> store.content instanceof StoredLatch.Latched);
    }

    @Test
    @DisplayName("T15.3: a permit from before the stop is dead for ever")
    void nothingResumes() {
        var interlock = open(Ticker.system());
        var waiting = ((Admission.Admitted) interlock.admit()).permit();
        interlock.clear(stop(interlock), "bob", "r", false, DURABLE);
        assertThat(waiting.begin()).isFalse();
        assertThat(waiting.live()).isFalse();
        assertThat(waiting.endedByLatch()).isTrue();
    }

    @Test
    @DisplayName("After a forced clear the old stop is not sent any more")
    void forcedClearEndsTheRepetition() {
        channel.confirms = false;
        var ticker = new ManualTicker();
        var interlock = open(ticker);
        var answer = OnThread.call(() -> stop(interlock));
        passTime(ticker, answer::isDone);
        interlock.clear(answer.join(), "bob", "r", true, DURABLE);
        // Asleep nowhere once may mean awake for a moment; asleep nowhere for long means ended.
        var quiet = new AtomicInteger();
        passTime(ticker, () -> ticker.sleepers() == 0 ? quiet.incrementAndGet() > 100 : quiet.getAndSet(0) < 0);
        var halts = channel.halts.get();
        ticker.advance(Duration.ofSeconds(1));
        assertThat(ticker.sleepers()).isZero();
        assertThat(channel.halts).hasValue(halts);
    }

    private static void passTime(ManualTicker ticker, BooleanSupplier until) {
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            ticker.advance(Duration.ofMillis(1));
            return until.getAsBoolean();
        });
    }
}
