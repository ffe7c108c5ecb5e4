package dev.gatehouse.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.id.Ids;
import dev.gatehouse.time.ManualTicker;
import dev.gatehouse.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterlockTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);

    private final FakeChannel channel = new FakeChannel();
    private final FakeStore store = new FakeStore(channel.diary);
    private final List<Interlock> opened = new ArrayList<>();

    @AfterEach
    void closeThreads() {
        opened.forEach(Interlock::close);
    }

    private Interlock open(Ticker ticker, Escalation... escalations) {
        var settings = StopSettings.standard().withEscalations(List.of(escalations));
        var interlock = Interlock.open(store, channel, ticker, CLOCK, new Ids(), () -> settings);
        opened.add(interlock);
        return interlock;
    }

    private static Permit permit(Interlock interlock) {
        return ((Admission.Admitted) interlock.admit()).permit();
    }

    @Test
    @DisplayName("D8.2: latch, halt, persist, then listeners, in this order")
    void orderOfWork() {
        var interlock = open(Ticker.system());
        var permit = permit(interlock);
        interlock.onStop(report -> channel.diary.add("listener"));

        var report = interlock.stop("phone-anna", "smoke");

        assertThat(permit.live()).isFalse();
        await().until(() -> channel.diary.contains("listener"));
        assertThat(channel.diary).containsExactly("halt", "persist", "listener");
        assertThat(report.persisted()).isTrue();
        assertThat(report.stop().acked()).isTrue();
    }

    @Test
    @DisplayName("D8.2: when halt is called the latch is already visible")
    void latchBeforeHalt() {
        var seen = new CompletableFuture<Boolean>();
        var word = new Interlock[1];
        var spy = new StopChannel() {
            @Override
            public void halt() {
                seen.complete(word[0].admit() instanceof Admission.Latched);
            }

            @Override
            public boolean halted() {
                return seen.isDone();
            }

            @Override
            public Optional<String> release() {
                return Optional.empty();
            }
        };
        var interlock = Interlock.open(store, spy, Ticker.system(), CLOCK, new Ids(), StopSettings::standard);
        opened.add(interlock);
        word[0] = interlock;
        interlock.stop("anna", "");
        assertThat(seen.join()).isTrue();
    }

    @Test
    @DisplayName("D8.3: the answer names latch, time and caller; repeating it gives the same latch and stops again")
    void repeatedStop() {
        var interlock = open(Ticker.system());
        var first = interlock.stop("phone-anna", "smoke");
        var second = interlock.stop("bob", "me too");

        assertThat(second.latch()).isEqualTo(first.latch());
        assertThat(first.repeated()).isFalse();
        assertThat(second.repeated()).isTrue();
        assertThat(channel.halts).hasValue(2);
        var json = first.json();
        assertThat(json.get("latched").booleanValue()).isTrue();
        assertThat(json.get("latch_id").stringValue()).matches("est-[0-9a-hjkmnp-tv-z]{26}");
        assertThat(json.get("since").stringValue()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(json.get("by").stringValue()).isEqualTo("phone-anna");
        assertThat(json.get("stop").get("acked").booleanValue()).isTrue();
        assertThat(json.get("stop").has("issued_ms")).isTrue();
        assertThat(json.get("stop").has("ack_ms")).isTrue();
    }

    @Test
    @DisplayName("D8.1: a huge reason is cut, never refused")
    void hugeReason() {
        var report = open(Ticker.system()).stop("anna", "x".repeat(100_000));
        assertThat(report.latch().orElseThrow().reason()).hasSize(500);
    }

    @Test
    @DisplayName("D8.2: a disk that hangs for ever does not delay the halt, and the call returns in time")
    void hangingDisk() throws Exception {
        var ticker = new ManualTicker();
        var interlock = open(ticker);
        store.hangs = new CountDownLatch(1);
        var answer = OnThread.call(() -> interlock.stop("anna", "smoke"));

        await().until(() -> channel.halts.get() == 1);
        assertThat(interlock.admit()).isInstanceOf(Admission.Latched.class);
        ticker.awaitSleepers(1);
        assertThat(answer).isNotDone();
        ticker.advance(Duration.ofMillis(500));

        var report = answer.get(30, TimeUnit.SECONDS);
        assertThat(report.persisted()).isFalse();
        assertThat(report.stop().acked()).isTrue();
        store.hangs.countDown();
        await().until(() -> store.content instanceof StoredLatch.Latched);
    }

    @Test
    @DisplayName("D8.2: a failed write does not fail the call, and is tried again every second")
    void fullDisk() throws Exception {
        var ticker = new ManualTicker();
        var interlock = open(ticker);
        store.full = true;
        var answer = OnThread.call(() -> interlock.stop("anna", "smoke"));
        await().until(() -> channel.halts.get() == 1);
        ticker.awaitSleepers(2);
        ticker.advance(Duration.ofMillis(500));
        assertThat(answer.get(30, TimeUnit.SECONDS).persisted()).isFalse();
        assertThat(interlock.state().persisted()).isFalse();

        store.full = false;
        ticker.advance(Duration.ofSeconds(1));
        await().until(() -> interlock.state().persisted());
        assertThat(store.content).isInstanceOf(StoredLatch.Latched.class);
    }

    @Test
    @DisplayName("T14.4: a stop that is lost is repeated every 100 ms until it is acknowledged")
    void lostStops() throws Exception {
        var ticker = new ManualTicker();
        channel.dropped = 3;
        var interlock = open(ticker);
        var answer = OnThread.call(() -> interlock.stop("anna", "smoke"));
        for (var halts = 1; halts <= 3; halts++) {
            var expected = halts;
            await("sending number " + expected).until(() -> channel.halts.get() == expected);
            awaitAsleep(ticker);
            assertThat(channel.halts).hasValue(expected);
            ticker.advance(Duration.ofMillis(100));
        }
        await().until(() -> channel.halts.get() == 4);
        finish(ticker, answer);
        var report = answer.join();
        assertThat(report.stop().acked()).isTrue();
        assertThat(report.stop().issuedMs()).hasValue(0);
        assertThat(report.stop().ackMs().orElseThrow()).isBetween(300L, 310L);
        ticker.advance(Duration.ofSeconds(5));
        assertThat(channel.halts).hasValue(4);
    }

    @Test
    @DisplayName(
            "T14.4, D8.4: without an acknowledgement the escalations run in order after 500 ms, past one that fails")
    void escalation() throws Exception {
        var ticker = new ManualTicker();
        channel.confirms = false;
        var reports = new CopyOnWriteArrayList<StopReport>();
        var interlock = open(
                ticker,
                new Escalation("kill_motion", () -> {
                    channel.diary.add("kill_motion");
                    throw new IllegalStateException("no such process");
                }),
                new Escalation("hook", () -> channel.diary.add("hook")));
        interlock.onStop(reports::add);
        var answer = OnThread.call(() -> interlock.stop("anna", "smoke"));
        await().until(() -> channel.halts.get() == 1);
        awaitAsleep(ticker);
        ticker.advance(Duration.ofMillis(499));
        awaitAsleep(ticker);
        assertThat(channel.diary).doesNotContain("kill_motion");
        finish(ticker, answer);

        pumpUntil("the escalations ran", ticker, () -> channel.diary.contains("hook"));
        assertThat(channel.diary.indexOf("kill_motion")).isLessThan(channel.diary.indexOf("hook"));
        assertThat(answer.join().stop().acked()).isFalse();
        pumpUntil(ticker, () -> interlock.state().escalated().equals(List.of("kill_motion", "hook")));
        assertThat(interlock.state().unacked()).isTrue();
        pumpUntil(ticker, () -> reports.size() >= 2);

        channel.confirms = true;
        pumpUntil(ticker, () -> reports.getLast().stop().acked());
        assertThat(interlock.state().unacked()).isFalse();
    }

    @Test
    @DisplayName("T14.3: if halt hangs, a second thread sends the stop 100 ms later")
    void haltThatHangs() throws Exception {
        var ticker = new ManualTicker();
        channel.firstHaltHangs = new CountDownLatch(1);
        var interlock = open(ticker);
        var answer = OnThread.call(() -> interlock.stop("anna", "smoke"));
        await().until(() -> channel.halts.get() == 1);
        awaitAsleep(ticker);
        assertThat(channel.halts).hasValue(1);
        ticker.advance(Duration.ofMillis(101));
        pumpUntil("the stop is sent past the one that hangs", ticker, () -> channel.halts.get() >= 2);
        finish(ticker, answer);
        assertThat(answer.join().stop().acked()).isTrue();
        channel.firstHaltHangs.countDown();
    }

    @Test
    @DisplayName("D8.3: a channel that fails is not taken for a confirmation of the stop before")
    void haltThatThrows() throws Exception {
        var ticker = new ManualTicker();
        var interlock = open(ticker);
        finish(ticker, OnThread.call(() -> interlock.stop("anna", "first")));
        channel.failing = Integer.MAX_VALUE;
        var answer = OnThread.call(() -> interlock.stop("anna", "second"));
        pumpUntil(ticker, () -> channel.halts.get() >= 2);
        awaitAsleep(ticker);
        assertThat(interlock.state().unacked()).isTrue();
        channel.failing = 0;
        finish(ticker, answer);
        assertThat(answer.join().stop().acked()).isTrue();
    }

    @Test
    @DisplayName("D11.3: a protective stop ends every permit and does not latch")
    void protectiveStop() {
        var interlock = open(Ticker.system());
        var permit = permit(interlock);
        assertThat(permit.begin()).isTrue();
        var report = interlock.protectiveStop("cancel");
        assertThat(permit.live()).isFalse();
        assertThat(permit.endedByLatch()).isFalse();
        assertThat(report.latch()).isEmpty();
        assertThat(report.stop().acked()).isTrue();
        assertThat(permit(interlock).begin()).isTrue();
        assertThat(channel.diary).containsExactly("halt");
    }

    @Test
    @DisplayName("T16.9: a protective stop that is not acknowledged in 500 ms sets the full latch")
    void unconfirmedProtectiveStop() throws Exception {
        var ticker = new ManualTicker();
        channel.confirms = false;
        var interlock = open(ticker);
        var answer = OnThread.call(() -> interlock.protectiveStop("disconnect"));
        await().until(() -> channel.halts.get() == 1);
        awaitAsleep(ticker);
        assertThat(interlock.state().latched()).isFalse();
        ticker.advance(Duration.ofMillis(500));
        finish(ticker, answer);
        assertThat(answer.join().latch()).isPresent();
        assertThat(interlock.admit()).isInstanceOf(Admission.Latched.class);
        await().until(() -> store.content instanceof StoredLatch.Latched);
    }

    @Test
    @DisplayName("D8.10: neither time nor an acknowledgement opens the latch")
    void nothingOpensIt() {
        var ticker = new ManualTicker();
        var interlock = open(ticker);
        var answer = OnThread.call(() -> interlock.stop("anna", "smoke"));
        finish(ticker, answer);
        ticker.advance(Duration.ofDays(30));
        finish(ticker, OnThread.call(() -> interlock.protectiveStop("cancel")));
        assertThat(interlock.admit()).isInstanceOf(Admission.Latched.class);
    }

    @Test
    @DisplayName("A listener that hangs or throws delays no stop and no other latch write")
    void badListener() {
        var interlock = open(Ticker.system());
        interlock.onStop(report -> {
            throw new IllegalStateException("disk");
        });
        interlock.onStop(report -> FakeChannel.awaitForever(new CountDownLatch(1)));
        interlock.protectiveStop("cancel");
        var report = interlock.stop("anna", "smoke");
        assertThat(report.stop().acked()).isTrue();
        assertThat(report.persisted()).isTrue();
    }

    @Test
    @DisplayName("An interrupt does not make a stop give up, and is kept")
    void interruptedStop() {
        var interlock = open(Ticker.system());
        Thread.currentThread().interrupt();
        var report = interlock.stop("anna", "smoke");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.stop().acked()).isTrue();
    }

    @Test
    @DisplayName("T14.2: stops against hand-overs on the whole interlock, cleared again each time")
    void raceOnTheWholeInterlock() throws Exception {
        var interlock = open(Ticker.system());
        for (var i = 0; i < 500; i++) {
            var permit = permit(interlock);
            var go = new CountDownLatch(1);
            var stop = OnThread.call(() -> {
                FakeChannel.awaitForever(go);
                return interlock.stop("anna", "race");
            });
            go.countDown();
            var halts = channel.halts.get();
            var begun = permit.begin();
            var report = stop.get(30, TimeUnit.SECONDS);
            assertThat(begun && halts > i).as("handed over after halt").isFalse();
            assertThat(permit.live()).isFalse();
            var id = report.latch().orElseThrow().latchId();
            assertThat(interlock.clear(id, "anna", "race", false, () -> {})).isInstanceOf(ClearOutcome.Cleared.class);
        }
        assertThat(channel.halts).hasValue(500);
    }

    /** Moves the clock on in small steps until the condition holds. */
    private static void pumpUntil(ManualTicker ticker, BooleanSupplier condition) {
        pumpUntil("it is so", ticker, condition);
    }

    private static void pumpUntil(String what, ManualTicker ticker, BooleanSupplier condition) {
        await(what).pollInterval(Duration.ofMillis(1)).until(() -> {
            ticker.advance(Duration.ofMillis(1));
            return condition.getAsBoolean();
        });
    }

    /** Moves the clock on in small steps until the answer is there. */
    private static void finish(ManualTicker ticker, CompletableFuture<?> answer) {
        pumpUntil(ticker, answer::isDone);
    }

    /** Sending thread, its second, escalation and caller all wait on the clock. */
    private static void awaitAsleep(ManualTicker ticker) throws Exception {
        ticker.awaitSleepers(3);
    }
}
