package dev.gatehouse.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The members of a mapping, of which some may be absent. */
public record YamlMembers(YamlValue owner, Map<String, YamlValue> values) {
    public YamlMembers {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** A member that has to be there. */
    public YamlValue required(String name) throws ConfigException {
        var value = values.get(name);
        if (value == null) {
            throw owner.error("member '" + name + "' is missing");
        }
        return value;
    }

    /** A member that may be absent. */
    public <T> Optional<T> optional(String name, Reader<T> reader) throws ConfigException {
        var value = values.get(name);
        return value == null ? Optional.empty() : Optional.of(reader.read(value));
    }

    /** A whole number that may be absent. */
    public OptionalInt integer(String name, int least, int most) throws ConfigException {
        var value = values.get(name);
        return value == null ? OptionalInt.empty() : OptionalInt.of(value.integer(least, most));
    }

    /** Reads a value or says what is wrong with it. */
    public interface Reader<T> {
        T read(YamlValue value) throws ConfigException;
    }
}
