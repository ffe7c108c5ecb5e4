package dev.gatehouse.audit;

import java.util.Comparator;

/**
 * What records have in common that are counted together; what a record does not tell is empty.
 *
 * @param behavior what the gate or the admission decided
 * @param code why
 * @param outcome how it ended, where that is one word
 */
public record AuditKind(AuditEvent event, String behavior, String code, String outcome)
        implements Comparable<AuditKind> {
    private static final Comparator<AuditKind> ORDER = Comparator.comparing(AuditKind::event)
            .thenComparing(AuditKind::behavior)
            .thenComparing(AuditKind::code)
            .thenComparing(AuditKind::outcome);

    @Override
    public int compareTo(AuditKind other) {
        return ORDER.compare(this, other);
    }
}
