package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Turns the text of a script into a {@link Script}, member by member. */
final class ScriptReader {
    /** Longest script; nobody writes a longer one by hand, and parsing a scalar of megabytes takes seconds. */
    private static final int MAX_CHARS = 256 * 1024;

    /** Deepest nesting; the arguments of a tool call need a few levels, thousands exhaust the stack. */
    private static final int MAX_DEPTH = 32;

    static final int MAX_COUNT = 1_000_000;
    private static final int MAX_TOKENS = 100_000_000;

    /** Longest wait a script may ask for, 10 minutes: longer than any limit a client is expected to have. */
    static final int MAX_MILLIS = 600_000;

    private static final Pattern EVERYTHING = Pattern.compile("");

    private static final LoadSettings YAML =
            LoadSettings.builder().setSchema(new CoreSchema()).build();

    private ScriptReader() {}

    static Script read(String yaml) throws MalformedScriptException {
        if (yaml.length() > MAX_CHARS) {
            throw new MalformedScriptException(1, "a script has at most " + MAX_CHARS + " characters");
        }
        try {
            refuseDepthAndAliases(yaml);
            var document = new Compose(YAML).composeString(yaml);
            if (document.isEmpty()) {
                throw new MalformedScriptException(1, "the script is empty");
            }
            return script(new YamlValue(document.get(), ""));
        } catch (MarkedYamlEngineException e) {
            throw new MalformedScriptException(YamlValue.line(e.getProblemMark()), "not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new MalformedScriptException(1, "not YAML");
        }
    }

    private static void refuseDepthAndAliases(String yaml) throws MalformedScriptException {
        var depth = 0;
        for (var event : new Parse(YAML).parseString(yaml)) {
            if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                throw new MalformedScriptException(YamlValue.line(event.getStartMark()), "nested too deeply");
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (event instanceof AliasEvent) {
                throw new MalformedScriptException(YamlValue.line(event.getStartMark()), "aliases are not allowed");
            }
        }
    }

    private static Script script(YamlValue document) throws MalformedScriptException {
        var members = document.members(Set.of("rehearsal", "name", "match", "turns"));
        members.required("rehearsal").integer(1, 1);
        var name = members.required("name").name();
        var match = members.optional("match", YamlValue::pattern).orElse(EVERYTHING);
        var turns = each(members.required("turns"), ScriptReader::turn);
        if (turns.isEmpty()) {
            throw document.error("a script needs at least one turn");
        }
        return new Script(name, match, turns);
    }

    private static Turn turn(YamlValue value) throws MalformedScriptException {
        var members = value.members(Set.of("say", "think", "call", "when", "stop", "usage", "pace", "fault", "repeat"));
        var calls = members.optional("call", ScriptReader::calls).orElse(List.of());
        var fault = members.optional("fault", FaultReader::read);
        if (calls.isEmpty() && fault.filter(Fault.BadJson.class::isInstance).isPresent()) {
            throw value.error("the fault bad_json needs a call in the same turn");
        }
        return new Turn(
                members.optional("say", YamlValue::template),
                members.optional("think", YamlValue::template),
                calls,
                members.optional("when", ScriptReader::when).orElse(When.ALWAYS),
                members.optional("stop", ScriptReader::stop),
                members.optional("usage", ScriptReader::usage).orElse(ScriptedUsage.NONE),
                members.optional("pace", ScriptReader::pace),
                fault,
                members.optional("repeat", ScriptReader::repeat).orElse(1));
    }

    private static List<Call> calls(YamlValue value) throws MalformedScriptException {
        return each(value, ScriptReader::call);
    }

    private static Call call(YamlValue value) throws MalformedScriptException {
        var members = value.members(Set.of("tool", "args"));
        return new Call(
                members.required("tool").name(),
                members.optional("args", YamlValue::jsonObject).orElseGet(Json::object));
    }

    private static When when(YamlValue value) throws MalformedScriptException {
        var members = value.members(Set.of("last_reason", "last_text", "has_tool", "turn"));
        return new When(
                members.optional("last_reason", YamlValue::pattern),
                members.optional("last_text", YamlValue::pattern),
                members.optional("has_tool", YamlValue::name),
                members.integer("turn", 1, MAX_COUNT));
    }

    private static StopReason stop(YamlValue value) throws MalformedScriptException {
        var stop = StopReason.of(value.string());
        if (stop.isEmpty() || stop.get() == StopReason.TOOL_USE) {
            throw value.error("must be one of end_turn, max_tokens, refusal, pause_turn, stop_sequence, "
                    + "model_context_window_exceeded");
        }
        return stop.get();
    }

    private static ScriptedUsage usage(YamlValue value) throws MalformedScriptException {
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

    private static Pace pace(YamlValue value) throws MalformedScriptException {
        var members = value.members(Set.of("first_ms", "chunk_chars", "chunk_ms"));
        return new Pace(
                members.integer("first_ms", 0, MAX_MILLIS).orElse(0),
                members.integer("chunk_chars", 1, MAX_COUNT).orElse(Pace.CHUNK_CHARS),
                members.integer("chunk_ms", 0, MAX_MILLIS).orElse(0));
    }

    private static int repeat(YamlValue value) throws MalformedScriptException {
        return value.isWord("forever") ? Turn.FOREVER : value.integer(1, MAX_COUNT);
    }

    private static <T> List<T> each(YamlValue value, YamlMembers.Reader<T> reader) throws MalformedScriptException {
        var all = new ArrayList<T>();
        for (var item : value.items()) {
            all.add(reader.read(item));
        }
        return all;
    }
}
