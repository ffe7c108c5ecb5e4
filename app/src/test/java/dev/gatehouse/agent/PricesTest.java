package dev.gatehouse.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.ConfigException;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
@DisplayName("The price list (E4.7, E4.8)")
class PricesTest {
    private static final String ROW = "{in: 1, out: 5, write_5m: 1.25, write_1h: 2, read: 0.1}";
    private final Prices prices = Prices.builtIn();

    @ParameterizedTest
    @CsvSource({
        "claude-haiku-5-5,      100000,   500000,  125000,   200000,   10000",
        "claude-haiku-4-5,     1000000,  5000000, 1250000,  2000000,  100000",
        "claude-sonnet-5-5,    2000000, 10000000, 2500000,  4000000,  100000",
        "claude-sonnet-5,      2000000, 10000000, 2500000,  4000000,  200000",
        "claude-sonnet-4,      3000000, 15000000, 3750000,  6000000,  300000",
        "claude-sonnet-4-5,    3000000, 15000000, 3750000,  6000000,  300000",
        "claude-sonnet-4-6,    3000000, 15000000, 3750000,  6000000,  300000",
        "claude-opus-5-5,      4000000, 20000000, 5000000,  8000000,  200000",
        "claude-opus-5,        5000000, 25000000, 6250000, 10000000,  500000",
        "claude-opus-4-5,      5000000, 25000000, 6250000, 10000000,  500000",
        "claude-opus-4-6,      5000000, 25000000, 6250000, 10000000,  500000",
        "claude-opus-4-7,      5000000, 25000000, 6250000, 10000000,  500000",
        "claude-opus-4-8,      5000000, 25000000, 6250000, 10000000,  500000",
        "claude-opus-4,       15000000, 75000000,18750000, 30000000, 1500000",
        "claude-opus-4-1,     15000000, 75000000,18750000, 30000000, 1500000",
        "gatehouse-rehearsal-1,1000000,  5000000, 1250000,  2000000,  100000",
    })
    void theBuiltInRowsAreTheListPrices(String model, long in, long out, long write5m, long write1h, long read) {
        assertThat(prices.price(model).orElseThrow().normal())
                .isEqualTo(new PriceTier(in, out, write5m, write1h, read));
    }

    @Test
    void oneModelHasADearerTierForLongPrompts() {
        var tier = prices.price("claude-haiku-5-5").orElseThrow().longPrompt().orElseThrow();

        assertThat(tier)
                .isEqualTo(new ModelPrice.LongPrompt(
                        100_000, new PriceTier(500_000, 2_500_000, 625_000, 1_000_000, 50_000)));
        assertThat(prices.models().values().stream().filter(m -> m.longPrompt().isPresent()))
                .hasSize(1);
    }

    @Test
    void aDateOfEightDigitsMayFollowTheId() {
        assertThat(prices.price("claude-haiku-4-5-20250929")).isPresent().isEqualTo(prices.price("claude-haiku-4-5"));
        assertThat(prices.price("claude-sonnet-4-20250514")).isPresent().isEqualTo(prices.price("claude-sonnet-4"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claude-sonnet-5-5-2026",
                "claude-sonnet",
                "claude-sonnet-5-55",
                "claude-sonnet-5-5-fast",
                "xclaude-sonnet-5-5",
                "Claude-Sonnet-5-5",
                "claude-sonnet-5-5-20250929-20250929",
                ""
            })
    void noOtherIdHasAPrice(String model) {
        assertThat(prices.price(model)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{in: 1, out: 5, write_5m: 1.25, write_1h: 2}",
                "{in: 1, out: 5, write_5m: 1.25, write_1h: 2, read: 0.1, discount: 1}",
                "{in: -1, out: 5, write_5m: 1.25, write_1h: 2, read: 0.1}",
                "{in: 1.0000001, out: 5, write_5m: 1.25, write_1h: 2, read: 0.1}",
                "{in: NaN, out: 5, write_5m: 1.25, write_1h: 2, read: 0.1}",
                "{in: 1e30, out: 5, write_5m: 1.25, write_1h: 2, read: 0.1}",
                "{in: 1001, out: 5, write_5m: 1.25, write_1h: 2, read: 0.1}",
                "{in: 1, in: 1, out: 5, write_5m: 1.25, write_1h: 2, read: 0.1}",
                "1",
            })
    void aRowThatIsNotExactIsRefused(String row) {
        assertThatThrownBy(() -> Prices.read(list(row))).isInstanceOf(ConfigException.class);
    }

    @Test
    void anOperatorsListReplacesTheBuiltInOne() throws ConfigException {
        var own = Prices.read(list(ROW));

        assertThat(own.version()).isEqualTo("mine");
        assertThat(own.price("m")).isPresent();
        assertThat(own.price("claude-sonnet-5-5")).isEmpty();
        assertThat(prices.version()).isEqualTo("2026-11-18");
    }

    @Test
    void onlyDollarsAndKnownMembersAreRead() {
        assertThatThrownBy(() -> Prices.read(list(ROW).replace("USD", "EUR"))).hasMessageContaining("currency");
        assertThatThrownBy(() -> Prices.read(list(ROW) + "extra: 1\n")).hasMessageContaining("extra");
        assertThatThrownBy(() -> Prices.read("[")).isInstanceOf(ConfigException.class);
    }

    private static String list(String row) {
        return "version: mine\ncurrency: USD\nmodels:\n  m: %s\nmultipliers: {inference_geo_us: 1.1}\n".formatted(row);
    }
}
