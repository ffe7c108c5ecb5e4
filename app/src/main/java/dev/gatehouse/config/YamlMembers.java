package dev.gatehouse.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The members of a mapping, of which some may be absent; one without a value counts as absent. */
public record YamlMembers(YamlValue owner, Map<String, YamlValue> values) {
    public YamlMembers {
        var present = new LinkedHashMap<>(values);
        present.values().removeIf(YamlValue::isNull);
        values = Collections.unmodifiableMap(present);
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

    /** A whole number, or the given one if it is absent. */
    public int integer(String name, int least, int most, int otherwise) throws ConfigException {
        return integer(name, least, most).orElse(otherwise);
    }

    /** Strings in a list, none if it is absent. */
    public List<String> strings(String name) throws ConfigException {
        var value = values.get(name);
        return value == null ? List.of() : value.each(YamlValue::string);
    }

    /** A mapping in this one with the given members, none of which need be there; nor need the mapping. */
    public YamlMembers section(String name, Set<String> allowed) throws ConfigException {
        var value = values.get(name);
        return value == null ? new YamlMembers(owner, Map.of()) : value.members(allowed);
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
