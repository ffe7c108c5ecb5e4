package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.YamlValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the {@code fault} member of a turn: exactly one kind, the numbers of that kind and, for every kind, {@code times}. */
final class FaultReader {
    private FaultReader() {}

    static Fault read(YamlValue value) throws ConfigException {
        var kind = kind(value);
        var members = value.members(kind.members());
        var main = members.required(kind.wire());
        var times = members.integer("times", 1, ScriptReader.MAX_COUNT);
        var afterEvents =
                members.integer("after_events", 0, ScriptReader.MAX_COUNT).orElse(0);
        return switch (kind) {
            case HTTP ->
                new Fault.Http(
                        main.integer(400, 599), members.integer("retry_after", 0, ScriptReader.MAX_COUNT), times);
            case SSE_ERROR -> new Fault.SseError(errorType(main), afterEvents, times);
            case CUT_AFTER -> new Fault.Cut(main.integer(0, ScriptReader.MAX_COUNT), times);
            case HANG_MS -> new Fault.Hang(main.integer(0, ScriptReader.MAX_MILLIS), afterEvents, times);
            case NO_STOP -> {
                main.isTrue();
                yield new Fault.NoStop(times);
            }
            case BAD_JSON -> {
                main.isTrue();
                yield new Fault.BadJson(times);
            }
            case UNKNOWN_EVENT -> {
                main.isTrue();
                yield new Fault.UnknownEvent(times);
            }
        };
    }

    private static Kind kind(YamlValue value) throws ConfigException {
        var everything = Arrays.stream(Kind.values())
                .flatMap(kind -> kind.members().stream())
                .collect(Collectors.toSet());
        var stated = value.members(everything).values().keySet();
        var kinds = Arrays.stream(Kind.values())
                .filter(kind -> stated.contains(kind.wire()))
                .toList();
        if (kinds.size() != 1) {
            throw value.error("needs exactly one of "
                    + Arrays.stream(Kind.values()).map(Kind::wire).collect(Collectors.joining(", ")));
        }
        return kinds.getFirst();
    }

    private static ErrorType errorType(YamlValue value) throws ConfigException {
        var type = ErrorType.of(value.string());
        if (type.isEmpty()) {
            throw value.error("must be one of "
                    + Arrays.stream(ErrorType.values()).map(ErrorType::wire).collect(Collectors.joining(", ")));
        }
        return type.get();
    }

    /** The member that says what goes wrong, and the members that may stand beside it. */
    private enum Kind {
        HTTP,
        SSE_ERROR,
        CUT_AFTER,
        HANG_MS,
        NO_STOP,
        BAD_JSON,
        UNKNOWN_EVENT;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        Set<String> members() {
            return switch (this) {
                case HTTP -> Set.of(wire(), "times", "retry_after");
                case SSE_ERROR, HANG_MS -> Set.of(wire(), "times", "after_events");
                case CUT_AFTER, NO_STOP, BAD_JSON, UNKNOWN_EVENT -> Set.of(wire(), "times");
            };
        }
    }
}
