package dev.gatehouse.audit;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record whose place in the chain is not known yet: all its text is made on the caller's thread, so that the writer only links and hashes.
 *
 * <p>The line is canonical JSON, hence sorted by name; {@code hash} falls between a first part that never changes and a second part that
 * holds {@code prev} and {@code seq}.
 */
final class Draft {
    /** Names of the members every line has (dispatcher.md section 14). */
    static final Set<String> FIXED = Set.of(
            "v",
            "seq",
            "ts",
            "boot",
            "event",
            "actor",
            "task",
            "call",
            "server",
            "tool",
            "effect",
            "arguments",
            "arguments_sha256",
            "decision",
            "approval",
            "lease_generation",
            "manifest_sha256",
            "policy_sha256",
            "key_fp",
            "outcome",
            "prev",
            "hash");

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String HASH = "hash";

    private final byte[] first;
    private final SortedMap<String, String> rest;
    private final int size;

    private Draft(byte[] first, SortedMap<String, String> rest, int size) {
        this.first = first;
        this.rest = rest;
        this.size = size;
    }

    static Draft of(AuditEntry entry, Instant at, String boot, UnaryOperator<JsonNode> redact) {
        var members = new TreeMap<String, String>();
        for (var member : line(entry, redact)
                .put("v", 1)
                .put("boot", boot)
                .put("ts", time(at))
                .properties()) {
            members.put(member.getKey(), CanonicalJson.text(member.getValue()));
        }
        var first = text(members.headMap(HASH)).getBytes(StandardCharsets.UTF_8);
        var rest = new TreeMap<>(members.tailMap(HASH));
        var size = rest.values().stream().mapToInt(String::length).sum() + first.length + 400;
        return new Draft(first, rest, size);
    }

    /** RFC 3339 UTC with milliseconds. */
    static String time(Instant at) {
        return MILLISECONDS.format(at);
    }

    /** Roughly the bytes this draft takes, in memory and on disk. */
    int size() {
        return size;
    }

    /** The finished line that follows the given record; may be asked again for another place if the first could not be written. */
    Line after(Link previous) {
        rest.put("prev", '"' + previous.hash() + '"');
        rest.put("seq", Long.toString(previous.seq() + 1));
        var tail = text(rest).getBytes(StandardCharsets.UTF_8);
        // The unhashed record is the two parts in braces; the second part ends with a comma too much.
        var whole = ByteBuffer.allocate(first.length + tail.length + 1);
        whole.put((byte) '{').put(first).put(tail, 0, tail.length - 1).put((byte) '}');
        var hash = CanonicalJson.sha256(whole.array());
        var member = ("\"hash\":\"" + hash + "\",").getBytes(StandardCharsets.US_ASCII);
        var line = ByteBuffer.allocate(whole.capacity() + member.length + 1);
        line.put((byte) '{')
                .put(first)
                .put(member)
                .put(tail, 0, tail.length - 1)
                .put((byte) '}')
                .put((byte) '\n');
        return new Line(line.array(), new Link(previous.seq() + 1, hash));
    }

    /** One line with its line feed, and the place it takes. */
    @SuppressWarnings("ArrayRecordComponent") // handed to the writer once, never compared
    record Line(byte[] bytes, Link link) {}

    private static String text(SortedMap<String, String> members) {
        var out = new StringBuilder(512);
        members.forEach((name, value) ->
                out.append('"').append(name).append("\":").append(value).append(','));
        return out.toString();
    }

    private static ObjectNode line(AuditEntry entry, UnaryOperator<JsonNode> redact) {
        var line = Json.object();
        line.put("event", entry.event().wire());
        line.set("actor", actor(entry.actor()));
        line.put("task", text(entry.task()));
        action(entry.action(), redact, line);
        line.set("decision", decision(entry.decision()));
        line.put("approval", text(entry.approval()));
        basis(entry.basis(), line);
        line.set("outcome", free(entry.outcome(), redact));
        for (Map.Entry<String, JsonNode> member : entry.more().entrySet()) {
            line.set(member.getKey(), free(member.getValue(), redact));
        }
        return line;
    }

    private static JsonNode actor(AuditEntry.@Nullable Actor actor) {
        if (actor == null) {
            return Json.tree(null);
        }
        var node = Json.object()
                .put("credential", text(actor.credential()))
                .put("caller", text(actor.caller()))
                .put("tier", text(actor.tier()))
                .put("surface", text(actor.surface()))
                .put("on_behalf_of", text(actor.onBehalfOf()));
        var roles = node.putArray("roles");
        actor.roles().forEach(role -> roles.add(Recordable.text(role)));
        return node;
    }

    private static void action(AuditEntry.@Nullable Action action, UnaryOperator<JsonNode> redact, ObjectNode line) {
        line.put("call", action == null ? null : text(action.call()));
        line.put("server", action == null ? null : text(action.server()));
        // Whoever calls chooses the name, so it may hold anything.
        line.put(
                "tool",
                action == null
                        ? null
                        : text(redact.apply(Json.tree(action.tool())).asString("")));
        line.put("effect", action == null ? null : text(action.effect()));
        if (action == null || action.arguments() == null) {
            line.putNull("arguments").putNull("arguments_sha256");
            return;
        }
        // The hash is of what was called, the value is what can be shown of it: they differ when characters were made
        // visible.
        var exact = Recordable.exact(redact.apply(action.arguments()));
        line.set("arguments", Recordable.shown(exact));
        line.put("arguments_sha256", CanonicalJson.sha256(exact));
    }

    private static JsonNode decision(AuditEntry.@Nullable Decision decision) {
        return decision == null
                ? Json.tree(null)
                : Json.object()
                        .put("behavior", text(decision.behavior()))
                        .put("step", text(decision.step()))
                        .put("code", text(decision.code()));
    }

    private static void basis(AuditEntry.@Nullable Basis basis, ObjectNode line) {
        line.put("lease_generation", basis == null ? null : basis.leaseGeneration());
        line.put("manifest_sha256", basis == null ? null : text(basis.manifestSha256()));
        line.put("policy_sha256", basis == null ? null : text(basis.policySha256()));
        line.put("key_fp", basis == null ? null : text(basis.keyFp()));
    }

    private static JsonNode free(@Nullable JsonNode value, UnaryOperator<JsonNode> redact) {
        return value == null ? Json.tree(null) : Recordable.shown(Recordable.exact(redact.apply(value)));
    }

    private static @Nullable String text(@Nullable String value) {
        return value == null ? null : Recordable.text(value);
    }
}
