package dev.gatehouse.audit;

import dev.gatehouse.audit.LineCheck.Sound;
import dev.gatehouse.audit.LineCheck.Unsound;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Some consecutive records, and whether they hold together.
 *
 * <p>Numbers, links and hashes of these records are checked, and how far the signed head vouches for them is told. That nothing is
 * wrong elsewhere, and that the head is signed by the right key, only {@link AuditVerifier} says.
 *
 * @param fault what is wrong with the first record that does not fit; a code such as {@code hash_mismatch}
 * @param faultSeq its number, 0 if there is none
 */
public record AuditPage(List<JsonNode> records, Optional<String> fault, long faultSeq, AuditHealth health) {
    public AuditPage {
        records = List.copyOf(records);
    }

    /**
     * Checks what was read.
     *
     * @param before the record that comes before them, if there is one
     * @param after its number, or 0
     */
    static AuditPage of(Optional<JsonNode> before, long after, List<JsonNode> records, AuditHealth health) {
        var last = after == 0 ? Optional.of(Link.NONE) : before.flatMap(AuditPage::link);
        var expected = after + 1;
        for (var record : records) {
            var fault = fault(record, expected, last);
            if (fault.isPresent()) {
                return new AuditPage(records, fault, expected, health);
            }
            last = link(record);
            expected++;
        }
        return new AuditPage(records, Optional.empty(), 0, health);
    }

    private static LineCheck check(JsonNode record) {
        try {
            return LineCheck.of(CanonicalJson.bytes(record));
        } catch (IllegalArgumentException e) {
            return new Unsound("not_canonical");
        }
    }

    private static Optional<Link> link(JsonNode record) {
        return check(record) instanceof Sound sound ? Optional.of(sound.link()) : Optional.empty();
    }

    private static Optional<String> fault(JsonNode record, long expected, Optional<Link> last) {
        return switch (check(record)) {
            case Unsound(var what) -> Optional.of(what);
            case Sound sound when sound.link().seq() != expected -> Optional.of("seq_gap");
            case Sound sound
            when last.isPresent() && !sound.prev().equals(last.get().hash()) -> Optional.of("prev_mismatch");
            case Sound _ -> Optional.empty();
        };
    }

    /** Number of the last record of the page; where the next page begins. */
    public long last(long after) {
        return records.isEmpty() ? after : records.getLast().path("seq").longValue();
    }

    /** {@code {result, health, reason, last_seq, head_seq, lost}}, and what is wrong where something is. */
    public ObjectNode verification() {
        var out = Json.object().put("result", fault.isPresent() ? "tampered" : "intact");
        fault.ifPresent(what -> out.put("what", what).put("seq", faultSeq));
        return out.put("health", health.state().wire())
                .put("reason", health.reason())
                .put("last_seq", health.lastSeq())
                .put("head_seq", health.headSeq())
                .put("lost", health.lost());
    }
}
