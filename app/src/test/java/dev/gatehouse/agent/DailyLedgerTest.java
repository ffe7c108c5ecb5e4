package dev.gatehouse.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gate.HandClock;
import dev.gatehouse.tool.Payer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be spent in a day, on the database of a real state directory (D10.3, E4.3 to E4.5). */
@NullMarked
class DailyLedgerTest {
    private static final Money PLENTY = new Money(1_000_000);

    @TempDir
    Path state;

    private final HandClock clock = new HandClock();

    @SuppressWarnings("NullAway.Init")
    private DailyLedger daily;

    @BeforeEach
    void open() throws IOException {
        daily = DailyLedger.open(state, () -> new Money(10_000), clock);
    }

    @AfterEach
    void close() throws IOException {
        daily.close();
    }

    /** As after a crash: nothing is settled, everything is read again. */
    private void restart() throws Exception {
        daily.close();
        open();
    }

    private static Payer who(String name, long micros) {
        return new Payer("crd-" + name, Optional.of(micros), Optional.empty(), Optional.empty());
    }

    private Ledger task(Payer who) {
        return daily.with(who, new TaskBudget(PLENTY));
    }

    private static Optional<Ledger.Hold> reserve(Ledger ledger, long micros) {
        return ledger.reserve(new Money(micros));
    }

    @Test
    @DisplayName("D10.3: a credential spends up to its day and not a micro-dollar more")
    void upToTheLimit() {
        var tablet = who("tablet", 1_000);

        assertThat(reserve(task(tablet), 1_001)).isEmpty();
        assertThat(reserve(task(tablet), 1_000)).isPresent();
        assertThat(daily.free(tablet)).isEqualTo(Money.ZERO);
        assertThat(reserve(task(tablet), 1)).isEmpty();
    }

    @Test
    @DisplayName("E4.3: the budget of the task and the day are both reserved, or neither")
    void bothOrNeither() {
        var tablet = who("tablet", 1_000);
        var budget = new TaskBudget(new Money(600));
        var ledger = daily.with(tablet, budget);

        assertThat(reserve(ledger, 601)).as("more than the task has").isEmpty();
        assertThat(daily.free(tablet)).isEqualTo(new Money(1_000));

        assertThat(reserve(task(tablet), 500)).isPresent();
        assertThat(reserve(ledger, 501)).as("more than the day has").isEmpty();
        assertThat(budget.free()).isEqualTo(new Money(600));
        assertThat(ledger.free()).isEqualTo(new Money(500));
    }

    @Test
    @DisplayName("E4.4: what a call did not cost is free again")
    void settling() {
        var tablet = who("tablet", 1_000);
        reserve(task(tablet), 1_000).orElseThrow().settle(new Money(250));

        assertThat(daily.free(tablet)).isEqualTo(new Money(750));
    }

    @Test
    @DisplayName("E4.4: a reservation that survives a restart counts as spent, and so does what was spent before it")
    void restarts() throws Exception {
        var tablet = who("tablet", 1_000);
        reserve(task(tablet), 400).orElseThrow().settle(new Money(100));
        assertThat(reserve(task(tablet), 300)).isPresent();

        restart();

        assertThat(daily.free(tablet)).isEqualTo(new Money(600));
        assertThat(reserve(task(tablet), 601)).isEmpty();
    }

    @Test
    @DisplayName("D10.3: a day is a day of UTC; what is settled later belongs to the day on which it was reserved")
    void theNextDay() {
        var tablet = who("tablet", 1_000);
        var late = reserve(task(tablet), 1_000).orElseThrow();
        clock.set(clock.instant().plus(Duration.ofSeconds(daily.secondsToNextDay())));

        assertThat(daily.free(tablet)).isEqualTo(new Money(1_000));
        late.settle(new Money(10));
        assertThat(daily.free(tablet)).isEqualTo(new Money(1_000));
    }

    @Test
    @DisplayName("6.3: all callers together spend no more than limits.daily_usd, with or without a limit of their own")
    void everybody() {
        var unlimited = new Payer("crd-x", Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(reserve(task(who("tablet", 9_000)), 9_000)).isPresent();

        assertThat(daily.free(unlimited)).isEqualTo(new Money(1_000));
        assertThat(reserve(task(unlimited), 1_001)).isEmpty();
        assertThat(reserve(task(who("other", 5_000)), 1_001)).isEmpty();
        assertThat(daily.free(who("other", 5_000)))
                .as("nothing was booked for one account only")
                .isEqualTo(new Money(1_000));
    }

    @Test
    @DisplayName("D10.3, T18.1: many tasks on one day at the same time never spend more than it has")
    void together() throws Exception {
        var tablet = who("tablet", 3_000);
        var work = new ArrayList<Callable<Long>>();
        for (var i = 0; i < 8; i++) {
            var random = new Random(i);
            work.add(() -> spend(task(tablet), random));
        }
        long spent = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : threads.invokeAll(work)) {
                spent += one.get();
            }
        }

        assertThat(spent).isLessThanOrEqualTo(3_000);
        assertThat(daily.free(tablet)).isEqualTo(new Money(3_000 - spent));
    }

    private static long spend(Ledger ledger, Random random) {
        long spent = 0;
        for (var call = 0; call < 20; call++) {
            var worst = 1 + random.nextInt(400);
            var hold = reserve(ledger, worst);
            if (hold.isPresent()) {
                var cost = random.nextInt(worst + 1);
                hold.get().settle(new Money(cost));
                spent += cost;
            }
        }
        return spent;
    }

    @Test
    void daysLongGoneAreForgotten() throws Exception {
        assertThat(reserve(task(who("tablet", 1_000)), 1_000)).isPresent();
        clock.set(clock.instant().plus(Duration.ofDays(40)));
        restart();

        assertThat(daily.free(who("tablet", 1_000))).isEqualTo(new Money(1_000));
    }
}
