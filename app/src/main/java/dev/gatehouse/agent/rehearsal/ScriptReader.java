package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.config.YamlValue;
import dev.gatehouse.json.Json;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns the text of a script into a {@link Script}, member by member. */
final class ScriptReader {
    static final int MAX_COUNT = 1_000_000;
    private static final int MAX_TOKENS = 100_000_000;

    /** Longest wait a script may ask for, 10 minutes: longer than any limit a client is expected to have. */
    static final int MAX_MILLIS = 600_000;

    private static final Pattern EVERYTHING = Pattern.compile("");

    private ScriptReader() {}

    static Script read(String yaml) throws ConfigException {
        return script(StrictYaml.read(yaml));
    }

    private static Script script(YamlValue document) throws ConfigException {
        var members = document.members(Set.of("rehearsal", "name", "match", "turns"));
        members.required("rehearsal").integer(1, 1);
        var name = members.required("name").name();
        var match = members.optional("match", YamlValue::pattern).orElse(EVERYTHING);
        var turns = members.required("turns").each(ScriptReader::turn);
        if (turns.isEmpty()) {
            throw document.error("a script needs at least one turn");
        }
        return new Script(name, match, turns);
    }

    private static Turn turn(YamlValue value) throws ConfigException {
        var members = value.members(Set.of("say", "think", "call", "when", "stop", "usage", "pace", "fault", "repeat"));
        var calls = members.optional("call", ScriptReader::calls).orElse(List.of());
        var fault = members.optional("fault", FaultReader::read);
        if (calls.isEmpty() && fault.filter(Fault.BadJson.class::isInstance).isPresent()) {
            throw value.error("the fault bad_json needs a call in the same turn");
        }
        return new Turn(
                members.optional("say", ScriptReader::template),
                members.optional("think", ScriptReader::template),
                calls,
                members.optional("when", ScriptReader::when).orElse(When.ALWAYS),
                members.optional("stop", ScriptReader::stop),
                members.optional("usage", ScriptReader::usage).orElse(ScriptedUsage.NONE),
                members.optional("pace", ScriptReader::pace),
                fault,
                members.optional("repeat", ScriptReader::repeat).orElse(1));
    }

    private static List<Call> calls(YamlValue value) throws ConfigException {
        return value.each(ScriptReader::call);
    }

    private static Call call(YamlValue value) throws ConfigException {
        var members = value.members(Set.of("tool", "args"));
        return new Call(
                members.required("tool").name(),
                members.optional("args", ScriptReader::arguments).orElseGet(Json::object));
    }

    private static When when(YamlValue value) throws ConfigException {
        var members = value.members(Set.of("last_reason", "last_text", "has_tool", "turn"));
        return new When(
                members.optional("last_reason", YamlValue::pattern),
                members.optional("last_text", YamlValue::pattern),
                members.optional("has_tool", YamlValue::name),
                members.integer("turn", 1, MAX_COUNT));
    }

    private static StopReason stop(YamlValue value) throws ConfigException {
        var stop = StopReason.of(value.string());
        if (stop.isEmpty() || stop.get() == StopReason.TOOL_USE) {
            throw value.error("must be one of end_turn, max_tokens, refusal, pause_turn, stop_sequence, "
                    + "model_context_window_exceeded");
        }
        return stop.get();
    }

    private static ScriptedUsage usage(YamlValue value) throws ConfigException {
        var members = value.members(
                Set.of("input", "output", "cache_read", "cache_write_5m", "cache_write_1h", "inference_geo"));
        return new ScriptedUsage(
                members.integer("input", 0, MAX_TOKENS),
                members.integer("output", 0, MAX_TOKENS),
                members.integer("cache_read", 0, MAX_TOKENS).orElse(0),
                members.integer("cache_write_5m", 0, MAX_TOKENS).orElse(0),
                members.integer("cache_write_1h", 0, MAX_TOKENS).orElse(0),
                members.optional("inference_geo", YamlValue::name));
    }

    private static Pace pace(YamlValue value) throws ConfigException {
        var members = value.members(Set.of("first_ms", "chunk_chars", "chunk_ms"));
        return new Pace(
                members.integer("first_ms", 0, MAX_MILLIS).orElse(0),
                members.integer("chunk_chars", 1, MAX_COUNT).orElse(Pace.CHUNK_CHARS),
                members.integer("chunk_ms", 0, MAX_MILLIS).orElse(0));
    }

    private static int repeat(YamlValue value) throws ConfigException {
        return value.isWord("forever") ? Turn.FOREVER : value.integer(1, MAX_COUNT);
    }

    private static Template template(YamlValue value) throws ConfigException {
        return checked(value, value.name());
    }

    private static Template checked(YamlValue value, String text) throws ConfigException {
        try {
            return Template.of(text);
        } catch (IllegalArgumentException e) {
            throw value.error(String.valueOf(e.getMessage()));
        }
    }

    /** The arguments of a call, whose strings are all well-formed templates. */
    private static ObjectNode arguments(YamlValue value) throws ConfigException {
        var arguments = value.jsonObject();
        for (var text : strings(arguments)) {
            var _ = checked(value, text);
        }
        return arguments;
    }

    private static List<String> strings(JsonNode node) {
        return node.isString()
                ? List.of(node.stringValue())
                : node.valueStream().flatMap(child -> strings(child).stream()).toList();
    }
}
