package dev.gatehouse.story;

import dev.gatehouse.dispatch.EventType;
import dev.gatehouse.json.Json;
import dev.gatehouse.terminal.Glyphs;
import dev.gatehouse.terminal.Printable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns the lines of one task's stream into lines a person reads; what only programs need has none. */
public final class EventRows {
    /** Longest text of a model that is shown. */
    private static final int MOST_TEXT = 300;

    private static final int MOST_DETAIL = 160;
    private static final String SCRIPT = "script";
    private static final String GATE = "gate";
    private static final String TASK = "task";

    private final Glyphs glyphs;
    private final Set<String> refused = new HashSet<>();
    private String mind = "model";
    private @Nullable Instant start;

    public EventRows(Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    /** The row for one line of the stream; empty for heartbeats, token counts and other things nobody reads. */
    public Optional<Row> of(JsonNode event) {
        var type = Arrays.stream(EventType.values())
                .filter(t -> t.wire().equals(event.path("type").asString("")))
                .findFirst();
        return type.flatMap(known -> row(known, event, at(event)));
    }

    private long at(JsonNode event) {
        var now = time(event);
        if (start == null) {
            start = now;
        }
        return Math.max(0, Duration.between(start, now).toMillis());
    }

    /** A server that writes nonsense where the time belongs must not end whoever reads it. */
    private static Instant time(JsonNode event) {
        try {
            return Instant.parse(event.path("ts").asString(""));
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private Optional<Row> row(EventType type, JsonNode event, long at) {
        return switch (type) {
            case ACCEPTED -> Optional.of(accepted(event, at));
            case QUEUED -> said(at, TASK, Ink.WAIT, Span.plain("waits for a " + text(event, "reason")));
            case STATE ->
                text(event, "to").equals("stopping")
                        ? said(at, TASK, Ink.BOLD, new Span(Ink.BAD, "is being stopped"), why(text(event, "reason")))
                        : Optional.empty();
            case SESSION ->
                said(
                        at,
                        TASK,
                        Ink.BOLD,
                        Span.plain(
                                "a session begins, with " + event.path("tools").size() + " tools"),
                        Span.faint(" (manifest " + start(event, "manifest_sha256") + ")"));
            case TEXT -> said(at, mind, Ink.MIND, Span.plain(shown(text(event, "text"))));
            case TOOL_CALL ->
                said(
                        at,
                        mind,
                        Ink.MIND,
                        Span.faint("calls "),
                        new Span(Ink.BOLD, text(event, "tool")),
                        Span.plain(" " + Printable.of(flat(event.path("arguments")), MOST_DETAIL, glyphs.more())));
            case GATE_DECISION -> {
                if (text(event, "behavior").equals("deny")) {
                    refused.add(text(event, "call_id"));
                }
                yield said(at, GATE, Ink.WAIT, verdict(event));
            }
            case APPROVAL_REQUIRED ->
                said(
                        at,
                        GATE,
                        Ink.WAIT,
                        Span.faint("the exact call: "),
                        new Span(Ink.BOLD, text(event, "tool") + " " + Json.line(event.path("arguments"))),
                        Span.faint(" (because of " + flatList(event.path("reasons")) + ", sha256 "
                                + start(event, "arguments_sha256") + ")"));
            case APPROVAL_RESOLVED -> said(at, text(event, "approver"), Ink.PERSON, decided(event));
            case LEASE ->
                said(
                        at,
                        GATE,
                        Ink.WAIT,
                        Span.plain("lease " + text(event, "action")),
                        Span.faint(": no other task may move the robot meanwhile"));
            case PROGRESS ->
                Optional.of(new Row.Moving(
                        at,
                        "robot",
                        event.path("progress").asInt(0),
                        event.path("total").asInt(0),
                        text(event, "message")));
            case TOOL_RESULT ->
                // The gate has said already why, and the robot never saw the call.
                refused.contains(text(event, "call_id"))
                        ? Optional.empty()
                        : said(at, "robot", Ink.ROBOT, result(event));
            case USAGE -> Optional.empty();
            case RETRY ->
                said(
                        at,
                        mind,
                        Ink.MIND,
                        new Span(Ink.WAIT, "tries again in " + text(event, "delay_ms") + " ms"),
                        why(text(event, "code")));
            case SAFETY -> said(at, "stop", Ink.BAD, safety(event));
            case STREAM -> said(at, TASK, Ink.BOLD, Span.plain("a reader " + text(event, "action")));
            case ARTIFACT ->
                said(
                        at,
                        TASK,
                        Ink.BOLD,
                        Span.plain("keeps " + text(event, "name")),
                        Span.faint(" (" + text(event, "mime") + ", " + text(event, "bytes") + " bytes)"));
            case WARNING ->
                said(at, TASK, Ink.BOLD, new Span(Ink.WAIT, text(event, "code")), why(text(event, "message")));
            case ERROR ->
                said(
                        at,
                        TASK,
                        Ink.BOLD,
                        new Span(Ink.BAD, glyphs.no() + " " + text(event, "code")),
                        why(text(event, "message")));
            case RESULT -> said(at, TASK, Ink.BOLD, ended(event));
        };
    }

    private Row accepted(JsonNode event, long at) {
        var rehearsal = event.path("rehearsal").asBoolean(false);
        mind = rehearsal ? SCRIPT : "model";
        var may = text(event, "effect").equals("observe") ? "may look, and nothing else" : "may move the robot";
        var spans = new ArrayList<>(List.of(
                Span.plain("accepted: " + text(event, "caller") + ", tier " + text(event, "tier") + ", " + may),
                Span.faint(" (" + text(event, "model") + ")")));
        if (rehearsal) {
            spans.add(new Span(Ink.WAIT, " rehearsal: no intelligence is involved"));
        }
        return new Row.Said(at, TASK, Ink.BOLD, spans);
    }

    private Span[] verdict(JsonNode event) {
        return switch (text(event, "behavior")) {
            case "allow" -> new Span[] {new Span(Ink.GOOD, glyphs.yes() + " allowed")};
            case "ask" -> new Span[] {new Span(Ink.WAIT, glyphs.ask() + " a person must agree")};
            default ->
                new Span[] {
                    new Span(Ink.BAD, glyphs.no() + " refused " + text(event, "code")), why(text(event, "message"))
                };
        };
    }

    private Span[] decided(JsonNode event) {
        var decision = text(event, "decision");
        var approved = decision.equals("approved");
        return new Span[] {
            new Span(approved ? Ink.GOOD : Ink.BAD, (approved ? glyphs.yes() : glyphs.no()) + " " + decision),
            why(text(event, "reason"))
        };
    }

    private Span[] result(JsonNode event) {
        var outcome = text(event, "outcome");
        var good = outcome.equals("ok");
        return new Span[] {
            new Span(good ? Ink.GOOD : Ink.BAD, (good ? glyphs.yes() : glyphs.no()) + " " + outcome),
            why(Printable.of(ToolAnswers.gist(event), MOST_DETAIL, glyphs.more())),
            Span.faint(" (" + text(event, "duration_ms") + " ms)")
        };
    }

    private Span[] safety(JsonNode event) {
        var confirmed = event.path("acked").asBoolean(false);
        return new Span[] {
            new Span(Ink.BAD, glyphs.stop() + " " + text(event, "kind") + " by " + text(event, "by")),
            Span.plain(": sent to the robot after " + text(event, "ms") + " ms, "
                    + (confirmed ? "confirmed" : "not confirmed"))
        };
    }

    private Span[] ended(JsonNode event) {
        var status = text(event, "status");
        var good = status.equals("completed");
        var seconds = BigDecimal.valueOf(event.path("duration_ms").asLong(0), 3).toPlainString();
        return new Span[] {
            new Span(good ? Ink.GOOD : Ink.BAD, (good ? glyphs.yes() : glyphs.no()) + " " + status),
            Span.plain(" after " + seconds + " s and " + text(event, "num_turns") + " turns" + denials(event)),
            Span.faint(mind.equals(SCRIPT) ? "" : " (" + dollars(event) + " USD)"),
            why(event.path("error").path("message").asString(""))
        };
    }

    private static String denials(JsonNode event) {
        var count = event.path("permission_denials").size();
        return count == 0 ? "" : ", " + count + (count == 1 ? " call refused" : " calls refused");
    }

    private static String dollars(JsonNode event) {
        return event.path("total_usd").asDecimal(BigDecimal.ZERO).toPlainString();
    }

    private String shown(String text) {
        return Printable.of(text, MOST_TEXT, glyphs.more());
    }

    private static Span why(String reason) {
        return Span.plain(reason.isEmpty() ? "" : ": " + reason);
    }

    private static String start(JsonNode event, String member) {
        var digest = text(event, member);
        return digest.substring(0, Math.min(8, digest.length()));
    }

    private static String text(JsonNode event, String member) {
        return event.path(member).asString("");
    }

    /** Arguments as {@code name=value}, inner objects opened up. */
    static String flat(JsonNode arguments) {
        var out = new ArrayList<String>();
        arguments.properties().forEach(entry -> {
            var value = entry.getValue();
            out.add(value.isObject() ? flat(value) : entry.getKey() + "=" + value.asString(Json.line(value)));
        });
        return String.join(" ", out);
    }

    private static String flatList(JsonNode list) {
        return list.valueStream().map(item -> item.asString("")).collect(Collectors.joining(", "));
    }

    private static Optional<Row> said(long at, String who, Ink ink, Span... spans) {
        return Optional.of(new Row.Said(at, who, ink, List.of(spans)));
    }
}
