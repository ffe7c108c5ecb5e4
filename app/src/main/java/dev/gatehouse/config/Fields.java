package dev.gatehouse.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Typed access to one mapping of a configuration file. Each key read counts as known; {@link #done} refuses the rest,
 * because a misspelt limit is a limit that does not hold.
 */
public final class Fields {
    private final JsonNode node;
    private final JsonNode asWritten;
    private final String where;
    private final Set<String> known = new HashSet<>();

    /**
     * The fields of a mapping.
     *
     * @param where how errors name the mapping
     * @throws ConfigException if the node is not a mapping
     */
    public Fields(JsonNode node, String where) throws ConfigException {
        this(node, node, where);
    }

    /**
     * The fields of a mapping whose strings may look like numbers.
     *
     * @param asWritten the same mapping with every scalar as the text in the file; see {@link StrictYaml#asWritten}
     * @throws ConfigException if the node is not a mapping
     */
    public Fields(JsonNode node, JsonNode asWritten, String where) throws ConfigException {
        if (!node.isObject()) {
            throw new ConfigException(where + ": must be a mapping");
        }
        this.node = node;
        this.asWritten = asWritten;
        this.where = where;
    }

    /** A required string. */
    public String text(String key) throws ConfigException {
        return optionalText(key).orElseThrow(() -> fault(key, "is required"));
    }

    /** A string, if there. Numbers count as the text they are written with, so that {@code 0123} needs no quotes (D2.5). */
    public Optional<String> optionalText(String key) throws ConfigException {
        var value = optional(key);
        if (value.isPresent() && !value.get().isString() && !value.get().isNumber()) {
            throw fault(key, "must be a string");
        }
        return value.map(present -> asWritten.path(key).asString());
    }

    /** A whole number within bounds, if there. */
    public Optional<Integer> optionalInt(String key, int min, int max) throws ConfigException {
        var value = optional(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!value.get().isIntegralNumber()
                || !value.get().canConvertToInt()
                || value.get().intValue() < min
                || value.get().intValue() > max) {
            throw fault(key, "must be a whole number from " + min + " to " + max);
        }
        return Optional.of(value.get().intValue());
    }

    /** A positive amount, if there. */
    public Optional<BigDecimal> optionalAmount(String key) throws ConfigException {
        var value = optional(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        // Empty also for infinities and for what is not a number.
        var amount = value.get().decimalValueOpt().filter(decimal -> decimal.signum() > 0);
        if (amount.isEmpty()) {
            throw fault(key, "must be a number above 0");
        }
        return amount;
    }

    /** A boolean, or the given value. */
    public boolean flag(String key, boolean otherwise) throws ConfigException {
        var value = optional(key);
        if (value.isPresent() && !value.get().isBoolean()) {
            throw fault(key, "must be true or false");
        }
        return value.map(JsonNode::booleanValue).orElse(otherwise);
    }

    /** A list of strings, empty if not there. */
    public List<String> texts(String key) throws ConfigException {
        var items = new ArrayList<String>();
        for (var item : list(key)) {
            if (!item.isString()) {
                throw fault(key, "must be a list of strings");
            }
            items.add(item.stringValue());
        }
        return List.copyOf(items);
    }

    /** A list of anything, empty if not there. */
    public List<JsonNode> list(String key) throws ConfigException {
        var value = optional(key);
        if (value.isEmpty()) {
            return List.of();
        }
        if (!value.get().isArray()) {
            throw fault(key, "must be a list");
        }
        return List.copyOf(value.get().values());
    }

    /** A mapping inside this one, if there. */
    public Optional<Fields> mapping(String key) throws ConfigException {
        var value = optional(key);
        return value.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fields(value.get(), asWritten.path(key), where + "." + key));
    }

    /** The keys of this mapping, all of which then count as known. */
    public Set<String> keys() {
        known.addAll(node.propertyNames());
        return Set.copyOf(node.propertyNames());
    }

    /**
     * Ends the reading.
     *
     * @throws ConfigException if the mapping holds a key nobody asked for
     */
    public void done() throws ConfigException {
        for (var key : node.propertyNames()) {
            if (!known.contains(key)) {
                throw new ConfigException(where + ": unknown key '" + key + "'");
            }
        }
    }

    /** An error at a key of this mapping. */
    public ConfigException fault(String key, String rule) {
        return new ConfigException(where + ": '" + key + "' " + rule);
    }

    private Optional<JsonNode> optional(String key) {
        known.add(key);
        var value = node.get(key);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }
}
