package dev.gatehouse.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a caller knows of a record: everything but its place in the chain, which the log adds.
 *
 * <p>Start with {@link #of} and add what is known; what is not known is {@code null} on the line. Strings over
 * {@value Recordable#MAX_TEXT} characters are cut, values over {@value Recordable#MAX_BYTES} bytes are replaced by their hash.
 *
 * @param more further members of the line, such as {@code lane} or {@code rcan}, by name
 */
public record AuditEntry(
        AuditEvent event,
        @Nullable Actor actor,
        @Nullable String task,
        @Nullable Action action,
        @Nullable Decision decision,
        @Nullable String approval,
        @Nullable Basis basis,
        @Nullable JsonNode outcome,
        Map<String, JsonNode> more) {
    /** Most further members one entry may have; keeps a line within {@value Lines#MAX_LINE} bytes. */
    public static final int MAX_MORE = 6;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    /**
     * @throws IllegalArgumentException if there are too many further members, or one has the name of a fixed member
     */
    public AuditEntry {
        more = Map.copyOf(more);
        if (more.size() > MAX_MORE) {
            throw new IllegalArgumentException("more than " + MAX_MORE + " further members");
        }
        for (var name : more.keySet()) {
            if (!NAME.matcher(name).matches() || Draft.FIXED.contains(name)) {
                throw new IllegalArgumentException("not a name for a further member: " + name);
            }
        }
    }

    /** An entry that tells only what happened. */
    public static AuditEntry of(AuditEvent event) {
        return new AuditEntry(event, null, null, null, null, null, null, null, Map.of());
    }

    public AuditEntry by(Actor value) {
        return new AuditEntry(event, value, task, action, decision, approval, basis, outcome, more);
    }

    public AuditEntry withTask(@Nullable String value) {
        return new AuditEntry(event, actor, value, action, decision, approval, basis, outcome, more);
    }

    public AuditEntry withAction(Action value) {
        return new AuditEntry(event, actor, task, value, decision, approval, basis, outcome, more);
    }

    public AuditEntry withDecision(Decision value) {
        return new AuditEntry(event, actor, task, action, value, approval, basis, outcome, more);
    }

    public AuditEntry withApproval(@Nullable String value) {
        return new AuditEntry(event, actor, task, action, decision, value, basis, outcome, more);
    }

    public AuditEntry withBasis(Basis value) {
        return new AuditEntry(event, actor, task, action, decision, approval, value, outcome, more);
    }

    public AuditEntry withOutcome(JsonNode value) {
        return new AuditEntry(event, actor, task, action, decision, approval, basis, value, more);
    }

    /** Adds one further member of the line; see {@link #more()}. */
    public AuditEntry with(String name, JsonNode value) {
        var added = new TreeMap<>(more);
        added.put(name, value);
        return new AuditEntry(event, actor, task, action, decision, approval, basis, outcome, added);
    }

    /**
     * Who acted, and for whom (D2.1, D2.2).
     *
     * @param onBehalfOf the user a bot acts for, if any
     */
    public record Actor(
            @Nullable String credential,
            String caller,
            String tier,
            List<String> roles,
            String surface,
            @Nullable String onBehalfOf) {
        public Actor {
            roles = List.copyOf(roles);
        }
    }

    /**
     * The tool call a record is about.
     *
     * @param call the call's id ({@code cal-…})
     * @param effect {@code observe}, {@code actuate}, {@code stop} or {@code admin} (D6.1)
     * @param arguments as they are handed to the tool; the log redacts and hashes them
     */
    public record Action(
            String call,
            @Nullable String server,
            String tool,
            @Nullable String effect,
            @Nullable JsonNode arguments) {}

    /** What the gate decided: behaviour, the step of dispatcher.md 6.1 that decided, and its code. */
    public record Decision(String behavior, String step, String code) {}

    /**
     * What was in force when the gate decided.
     *
     * @param keyFp first 12 hexadecimal characters of the SHA-256 of the model key (D14.5)
     */
    public record Basis(
            @Nullable Long leaseGeneration,
            @Nullable String manifestSha256,
            @Nullable String policySha256,
            @Nullable String keyFp) {}
}
