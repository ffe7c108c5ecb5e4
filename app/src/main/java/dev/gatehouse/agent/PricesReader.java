package dev.gatehouse.agent;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Reads a price list strictly. Every scalar arrives as text and becomes a whole number of micro-dollars, never a double (E4.1). */
final class PricesReader {
    private static final int MAX_CHARS = 256 * 1024;

    /** A thousand dollars per million tokens: dearer models do not exist, and their sums could overflow. */
    private static final long MAX_VALUE = 1_000_000_000;

    private static final Set<String> RATES = Set.of("in", "out", "write_5m", "write_1h", "read");

    private final String yaml;

    PricesReader(String yaml) {
        this.yaml = yaml;
    }

    Prices read() throws MalformedPricesException {
        var root = map(parse(), "the list");
        known(root, "the list", Set.of("version", "currency", "models", "multipliers", "web_search_each"));
        if (!"USD".equals(text(root, "currency"))) {
            throw new MalformedPricesException("currency: only USD is known");
        }
        if (root.containsKey("web_search_each")) {
            // No engine offers a web search, so the price is checked for form and not used.
            micros(root, "web_search_each");
        }
        var multipliers = map(root.getOrDefault("multipliers", Map.of()), "multipliers");
        known(multipliers, "multipliers", Set.of("inference_geo_us"));
        var usPermille = multipliers.isEmpty() ? 1_000 : exact(multipliers, "inference_geo_us", 3);
        var models = new HashMap<String, ModelPrice>();
        for (var row : map(root.get("models"), "models").entrySet()) {
            models.put(row.getKey(), model(row.getKey(), map(row.getValue(), row.getKey()), usPermille));
        }
        return new Prices(text(root, "version"), models);
    }

    private static ModelPrice model(String id, Map<String, @Nullable Object> row, long usPermille)
            throws MalformedPricesException {
        var members = new HashSet<>(RATES);
        members.add("max_out");
        members.add("long_prompt");
        known(row, id, members);
        Optional<ModelPrice.LongPrompt> longPrompt = Optional.empty();
        if (row.containsKey("long_prompt")) {
            var tier = map(row.get("long_prompt"), id + ".long_prompt");
            members.remove("max_out");
            members.remove("long_prompt");
            members.add("over");
            known(tier, id + ".long_prompt", members);
            longPrompt = Optional.of(new ModelPrice.LongPrompt(exact(tier, "over", 0), tier(tier)));
        }
        var maxOutput = row.containsKey("max_out")
                ? OptionalInt.of(Math.toIntExact(exact(row, "max_out", 0)))
                : OptionalInt.empty();
        return new ModelPrice(id, tier(row), longPrompt, maxOutput, usPermille);
    }

    private static PriceTier tier(Map<String, @Nullable Object> row) throws MalformedPricesException {
        return new PriceTier(
                micros(row, "in"),
                micros(row, "out"),
                micros(row, "write_5m"),
                micros(row, "write_1h"),
                micros(row, "read"));
    }

    private static long micros(Map<String, @Nullable Object> row, String member) throws MalformedPricesException {
        return exact(row, member, 6);
    }

    /** A number with at most that many decimals, shifted to a whole one. */
    private static long exact(Map<String, @Nullable Object> row, String member, int decimals)
            throws MalformedPricesException {
        var text = text(row, member);
        try {
            var value = text.length() > 20
                    ? -1
                    : new BigDecimal(text).movePointRight(decimals).longValueExact();
            if (value >= 0 && value <= MAX_VALUE) {
                return value;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new MalformedPricesException(member + ": not a number with at most " + decimals + " decimals");
        }
        throw new MalformedPricesException(member + ": out of range");
    }

    private @Nullable Object parse() throws MalformedPricesException {
        if (yaml.length() > MAX_CHARS) {
            throw new MalformedPricesException("the list is too long");
        }
        try {
            return new Load(LoadSettings.builder()
                            .setSchema(new FailsafeSchema())
                            .setAllowDuplicateKeys(false)
                            .setMaxAliasesForCollections(0)
                            .setAllowRecursiveKeys(false)
                            .build())
                    .loadFromString(yaml);
        } catch (YamlEngineException e) {
            throw new MalformedPricesException("the list is not valid YAML");
        }
    }

    private static Map<String, @Nullable Object> map(@Nullable Object node, String where)
            throws MalformedPricesException {
        if (!(node instanceof Map<?, ?> map)) {
            throw new MalformedPricesException(where + ": a mapping is needed");
        }
        var result = new HashMap<String, @Nullable Object>();
        for (var entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw new MalformedPricesException(where + ": a name is not text");
            }
            result.put(key, entry.getValue());
        }
        return result;
    }

    private static String text(Map<String, @Nullable Object> row, String member) throws MalformedPricesException {
        if (row.get(member) instanceof String text) {
            return text;
        }
        throw new MalformedPricesException(member + ": missing");
    }

    private static void known(Map<String, @Nullable Object> row, String where, Set<String> members)
            throws MalformedPricesException {
        for (var member : row.keySet()) {
            if (!members.contains(member)) {
                throw new MalformedPricesException(where + ": unknown member " + member);
            }
        }
    }
}
