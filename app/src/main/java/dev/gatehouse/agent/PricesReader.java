package dev.gatehouse.agent;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.YamlMembers;
import dev.gatehouse.config.YamlValue;
import java.util.Set;
import java.util.TreeSet;

/** Reads a price list strictly. Every number becomes a whole number of micro-dollars by its digits, never by a double (E4.1). */
final class PricesReader {
    /** A thousand dollars per million tokens: dearer models do not exist, and their sums could overflow. */
    private static final long MAX_VALUE = 1_000_000_000;

    private static final Set<String> RATES = Set.of("in", "out", "write_5m", "write_1h", "read");

    private PricesReader() {}

    static Prices read(YamlValue list) throws ConfigException {
        var members = list.members(Set.of("version", "currency", "models", "multipliers", "web_search_each"));
        var currency = members.required("currency");
        if (!currency.isWord("USD")) {
            throw currency.error("must be USD");
        }
        // No engine offers a web search, so its price is checked for form and not used.
        var _ = members.optional("web_search_each", value -> exact(value, 6));
        var usPermille =
                members.optional("multipliers", PricesReader::usPermille).orElse(1_000L);
        var models = members.required("models").map(row -> model(row, usPermille));
        return new Prices(members.required("version").text(), models);
    }

    private static long usPermille(YamlValue multipliers) throws ConfigException {
        return exact(multipliers.members(Set.of("inference_geo_us")).required("inference_geo_us"), 3);
    }

    private static ModelPrice model(YamlValue row, long usPermille) throws ConfigException {
        var members = row.members(and(RATES, "max_out", "long_prompt"));
        var maxOutput = members.integer("max_out", 1, 10_000_000);
        return new ModelPrice(
                tier(members), members.optional("long_prompt", PricesReader::longPrompt), maxOutput, usPermille);
    }

    private static ModelPrice.LongPrompt longPrompt(YamlValue value) throws ConfigException {
        var members = value.members(and(RATES, "over"));
        return new ModelPrice.LongPrompt(members.required("over").integer(1, 1_000_000_000), tier(members));
    }

    private static PriceTier tier(YamlMembers row) throws ConfigException {
        return new PriceTier(
                exact(row.required("in"), 6),
                exact(row.required("out"), 6),
                exact(row.required("write_5m"), 6),
                exact(row.required("write_1h"), 6),
                exact(row.required("read"), 6));
    }

    /** A number with at most that many decimals, shifted to a whole one. */
    private static long exact(YamlValue value, int decimals) throws ConfigException {
        try {
            var shifted = value.decimal().movePointRight(decimals).longValueExact();
            if (shifted >= 0 && shifted <= MAX_VALUE) {
                return shifted;
            }
        } catch (ArithmeticException e) {
            throw value.error("must have at most " + decimals + " decimals");
        }
        throw value.error("is out of range");
    }

    private static Set<String> and(Set<String> some, String... more) {
        var all = new TreeSet<>(some);
        all.addAll(Set.of(more));
        return all;
    }
}
