package dev.gatehouse.agent.rehearsal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The members of a mapping, of which some may be absent. */
record YamlMembers(YamlValue owner, Map<String, YamlValue> values) {
    YamlMembers {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** A member that has to be there. */
    YamlValue required(String name) throws MalformedScriptException {
        var value = values.get(name);
        if (value == null) {
            throw owner.error("member '" + name + "' is missing");
        }
        return value;
    }

    /** A member that may be absent. */
    <T> Optional<T> optional(String name, Reader<T> reader) throws MalformedScriptException {
        var value = values.get(name);
        return value == null ? Optional.empty() : Optional.of(reader.read(value));
    }

    /** A whole number that may be absent. */
    OptionalInt integer(String name, int least, int most) throws MalformedScriptException {
        var value = values.get(name);
        return value == null ? OptionalInt.empty() : OptionalInt.of(value.integer(least, most));
    }

    /** Reads a value or says what is wrong with it. */
    interface Reader<T> {
        T read(YamlValue value) throws MalformedScriptException;
    }
}
