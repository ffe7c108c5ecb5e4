package dev.gatehouse.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@NullMarked
@DisplayName("Cost and worst case (E4.1, E4.2, E4.8)")
class ModelPriceTest {
    private final ModelPrice sonnet =
            Prices.builtIn().price("claude-sonnet-5-5").orElseThrow();
    private final ModelPrice haiku = Prices.builtIn().price("claude-haiku-5-5").orElseThrow();

    @Test
    void everyClassHasItsPrice() {
        var usage = new Usage(1_000, 100, 10_000, 2_000, 3_000, false);

        assertThat(sonnet.cost(usage).micros()).isEqualTo(2_000 + 1_000 + 1_000 + 5_000 + 12_000);
    }

    @Test
    void sumsAreRoundedUpOnceAtTheEnd() {
        assertThat(haiku.cost(new Usage(1, 0, 0, 0, 0, false)).micros()).isEqualTo(1);
        assertThat(haiku.cost(new Usage(1, 1, 1, 1, 1, false)).micros()).isEqualTo(1);
        assertThat(haiku.cost(Usage.NONE)).isEqualTo(Money.ZERO);
    }

    @Test
    void anAnswerComputedInTheUsCostsATenthMore() {
        assertThat(sonnet.cost(new Usage(1_000, 100, 0, 0, 0, true)).micros()).isEqualTo(3_300);
    }

    @Test
    void theLongPromptTierCountsAllPromptTokens() {
        assertThat(haiku.cost(new Usage(50_000, 0, 50_000, 0, 0, false)).micros())
                .isEqualTo(5_500);
        assertThat(haiku.cost(new Usage(50_000, 0, 50_001, 0, 0, false)).micros())
                .isEqualTo(25_000 + 2_501);
    }

    @Test
    void theWorstCaseTakesTheDearestClassTheRequestCanCause() {
        assertThat(sonnet.worst(1_000, 0, CacheWrite.NONE).micros()).isEqualTo(2_200);
        assertThat(sonnet.worst(1_000, 0, CacheWrite.FIVE_MINUTES).micros()).isEqualTo(2_750);
        assertThat(sonnet.worst(1_000, 0, CacheWrite.ONE_HOUR).micros()).isEqualTo(4_400);
        assertThat(sonnet.worst(0, 1_000, CacheWrite.NONE).micros()).isEqualTo(11_000);
    }

    @Test
    void aBoundThatReachesTheLongPromptTierIsReservedThere() {
        assertThat(haiku.worst(100_000, 0, CacheWrite.NONE).micros()).isEqualTo(11_000);
        assertThat(haiku.worst(100_001, 0, CacheWrite.NONE).micros()).isEqualTo(55_001);
    }
}
