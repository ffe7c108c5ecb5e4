package dev.gatehouse.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@NullMarked
@DisplayName("Budget by reservation (E4.2 to E4.6)")
class SpendTest {
    private static final ModelPrice PRICE =
            Prices.builtIn().price("gatehouse-rehearsal-1").orElseThrow();

    @Test
    void aCallThatFitsGetsAllItAskedFor() {
        var spend = spend(1_000_000);

        var reservation = reserve(spend, 1_000, 8_192).orElseThrow();

        assertThat(reservation.maxTokens()).isEqualTo(8_192);
        assertThat(spend.remaining().micros())
                .isEqualTo(1_000_000 - reservation.worst().micros());
    }

    @Test
    @DisplayName("E4.3: a call that does not fit is made smaller, and below 256 tokens not at all")
    void aCallThatDoesNotFitIsMadeSmaller() {
        var input = PRICE.worst(1_000, 0, CacheWrite.FIVE_MINUTES).micros();
        var atLeast = PRICE.worst(1_000, 256, CacheWrite.FIVE_MINUTES).micros();

        assertThat(reserve(spend(atLeast), 1_000, 8_192).orElseThrow().maxTokens())
                .isEqualTo(256);
        assertThat(reserve(spend(atLeast - 1), 1_000, 8_192)).isEmpty();
        assertThat(reserve(spend(input - 1), 1_000, 8_192)).isEmpty();
        assertThat(spend(atLeast - 1).fits(1_000, 256, CacheWrite.FIVE_MINUTES)).isFalse();
        assertThat(spend(atLeast).fits(1_000, 256, CacheWrite.FIVE_MINUTES)).isTrue();
    }

    @Test
    @DisplayName("E4.4: settling frees the rest")
    void settlingFreesTheRest() {
        var spend = spend(100_000);
        var usage = new Usage(100, 10, 0, 0, 0, false);

        var cost = reserve(spend, 1_000, 1_000).orElseThrow().settle(usage);

        assertThat(cost.micros()).isEqualTo(150);
        assertThat(spend.total()).isEqualTo(cost);
        assertThat(spend.remaining().micros()).isEqualTo(100_000 - 150);
        assertThat(spend.usage()).isEqualTo(usage);
    }

    @Test
    @DisplayName("E4.4: unknown usage spends the whole reservation")
    void unknownUsageSpendsTheWholeReservation() {
        var spend = spend(100_000);
        var reservation = reserve(spend, 1_000, 1_000).orElseThrow();

        assertThat(reservation.settleUnknown()).isEqualTo(reservation.worst());
        assertThat(spend.total()).isEqualTo(reservation.worst());
    }

    @Test
    void aCallThatWasNotBilledCostsNothing() {
        var spend = spend(100_000);

        reserve(spend, 1_000, 1_000).orElseThrow().release();

        assertThat(spend.remaining().micros()).isEqualTo(100_000);
        assertThat(spend.total()).isEqualTo(Money.ZERO);
    }

    @Test
    void aReservationEndsOnce() {
        var reservation = reserve(spend(100_000), 1_000, 1_000).orElseThrow();
        reservation.release();

        assertThatThrownBy(reservation::settleUnknown).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("Two Tasks on one ledger share what it has, and the second is refused before it overshoots")
    void twoTasksOnOneLedger() {
        var worst = PRICE.worst(1_000, 1_000, CacheWrite.FIVE_MINUTES);
        var daily = new TaskBudget(new Money(worst.micros() + 10));
        var first = new Spend(PRICE, daily);
        var second = new Spend(PRICE, daily);

        var held = reserve(first, 1_000, 1_000).orElseThrow();

        assertThat(reserve(second, 1_000, 1_000)).isEmpty();
        held.settle(Usage.NONE);
        assertThat(reserve(second, 1_000, 1_000)).isPresent();
    }

    @Test
    void aModelIsNeverAskedForMoreThanItGives() {
        var price = new ModelPrice(PRICE.normal(), Optional.empty(), java.util.OptionalInt.of(500), 1_000);
        var spend = new Spend(price, new TaskBudget(new Money(1_000_000)));

        assertThat(reserve(spend, 1, 8_192).orElseThrow().maxTokens()).isEqualTo(500);
    }

    private static Spend spend(long micros) {
        return new Spend(PRICE, new TaskBudget(new Money(micros)));
    }

    private static Optional<Spend.Reservation> reserve(Spend spend, long bound, int maxTokens) {
        return spend.reserve(bound, maxTokens, CacheWrite.FIVE_MINUTES);
    }
}
