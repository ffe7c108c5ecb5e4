package dev.gatehouse.audit;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Counts what was recorded since the log was opened. Whatever is decided or done leaves a record, so the records are also what is
 * measured, and a figure cannot differ from the evidence. Safe for any number of threads.
 */
final class AuditTally {
    /** Far more than there are codes; should a name ever come from outside, it does not fill the memory. */
    private static final int MAX_KINDS = 512;

    private final Map<AuditKind, LongAdder> counts = new ConcurrentHashMap<>();

    void count(AuditEntry entry) {
        var kind = kind(entry);
        var counter = counts.get(kind);
        if (counter == null) {
            var counted = counts.size() < MAX_KINDS ? kind : new AuditKind(entry.event(), "", "", "other");
            counter = counts.computeIfAbsent(counted, k -> new LongAdder());
        }
        counter.increment();
    }

    private static AuditKind kind(AuditEntry entry) {
        var decision = entry.decision();
        return decision == null
                ? new AuditKind(entry.event(), "", "", word(entry.outcome()))
                : new AuditKind(entry.event(), decision.behavior(), decision.code(), word(entry.outcome()));
    }

    private static String word(@Nullable JsonNode outcome) {
        return outcome != null && outcome.isString() ? outcome.stringValue() : "";
    }

    Map<AuditKind, Long> counts() {
        var out = new TreeMap<AuditKind, Long>();
        counts.forEach((kind, count) -> out.put(kind, count.sum()));
        return out;
    }
}
