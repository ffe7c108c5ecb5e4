package dev.gatehouse.audit;

import dev.gatehouse.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What went wrong and has not been recorded yet: an outage of the disk, lost notes, and records that became durable after their writer had
 * given up.
 *
 * <p>Guarded by its own monitor, which is never held during I/O.
 */
final class Outages {
    /** Most numbers one record names, so that it fits; the next record names the rest. */
    private static final int MAX_LATE = 1000;

    private @Nullable Outage current;
    private long unreported;
    private long lost;
    private List<Long> late = new ArrayList<>();

    /** Starts an outage unless one is going on; true if it is a new one. */
    synchronized boolean began(String reason, Instant at) {
        if (current != null) {
            return false;
        }
        current = new Outage(reason, at);
        return true;
    }

    synchronized void lostNote() {
        unreported++;
        lost++;
    }

    synchronized void late(long seq) {
        late.add(seq);
    }

    synchronized boolean out() {
        return current != null;
    }

    synchronized Optional<String> reason() {
        return Optional.ofNullable(current).map(Outage::reason);
    }

    synchronized long lost() {
        return lost;
    }

    /** What the next {@code audit_degraded} record has to tell, if anything. */
    synchronized Optional<Report> report() {
        if (current == null && unreported == 0 && late.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Report(
                current, unreported, List.copyOf(late.subList(0, Math.min(late.size(), MAX_LATE)))));
    }

    /** The report is durable; ends the outage it told of if the disk was fast enough. True if it ended. */
    synchronized boolean reported(Report report, boolean fast) {
        unreported -= report.lost;
        late = new ArrayList<>(late.subList(report.late.size(), late.size()));
        var ends = fast && current != null && current.equals(report.outage);
        if (ends) {
            current = null;
        }
        return ends;
    }

    private record Outage(String reason, Instant since) {}

    /** Content of an {@code audit_degraded} record. */
    record Report(@Nullable Outage outage, long lost, List<Long> late) {
        JsonNode json() {
            var node = Json.object();
            node.put("reason", outage == null ? null : outage.reason);
            node.put("since", outage == null ? null : Draft.time(outage.since));
            node.put("lost", lost);
            var numbers = node.putArray("late");
            late.forEach(numbers::add);
            return node;
        }
    }
}
