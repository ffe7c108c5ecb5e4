package dev.gatehouse.web;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditKind;
import dev.gatehouse.dispatch.TaskState;
import dev.gatehouse.gate.Declared;
import dev.gatehouse.id.Build;
import dev.gatehouse.robot.Interlock;
import dev.gatehouse.robot.StopReport;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The server in figures, for Prometheus (dispatcher.md 3.1). They are taken from what is there anyway: the tasks, the interlock, and
 * the counts of audit records. No label is a text that a caller chose.
 */
final class MetricsRoutes {
    private final Services services;
    private final OpenStreams streams;
    private final Histogram issued = new Histogram();
    private final Histogram acked = new Histogram();

    MetricsRoutes(Services services, OpenStreams streams) {
        this.services = services;
        this.streams = streams;
        services.interlock().onStop(this::stopped);
    }

    List<Route> routes() {
        return List.of(Route.get("/metrics", Route.Access.CALLER, this::show));
    }

    /** A stop is told again when it escalates or is confirmed late: that is not another one, but may have its confirmation. */
    private void stopped(StopReport report) {
        if (!(report.repeated() && report.by().equals(Interlock.SELF))) {
            report.stop().issuedMs().ifPresent(issued::add);
        }
        report.stop().ackMs().ifPresent(acked::add);
    }

    private void show(Exchange exchange) throws RefusedException {
        AuditRoutes.needsAdmin(exchange);
        var out = new MetricsText();
        process(out);
        tasks(out);
        safety(out);
        var counts = services.audit().counts();
        decisions(out, counts);
        audit(out, counts);
        exchange.send(200, MetricsText.MEDIA_TYPE, out.toString());
    }

    private void process(MetricsText out) {
        out.family("build_info", "gauge", "Which build of Gatehouse this is, on which Java.")
                .value(1, "version", Build.version(), "java", Runtime.version().toString());
        ProcessHandle.current()
                .info()
                .startInstant()
                .ifPresent(start -> out.standard(
                                "process_start_time_seconds", "gauge", "Start of the process in seconds since 1970.")
                        .value(BigDecimal.valueOf(start.toEpochMilli(), 3)));
        out.family("ready", "gauge", "1 unless the server is starting or shutting down.")
                .value(services.ready().getAsBoolean());
        out.family("streams_open", "gauge", "Answers that are being written piece by piece.")
                .value(streams.count());
    }

    private void tasks(MetricsText out) {
        var census = services.dispatcher().census();
        var open = out.family("tasks", "gauge", "Tasks that are not over.");
        var ended = new TreeMap<TaskState, Long>();
        for (var state : TaskState.values()) {
            if (state.terminal()) {
                ended.put(state, census.ended().getOrDefault(state, 0L));
            } else {
                open.value(census.open().getOrDefault(state, 0L), "state", state.wire());
            }
        }
        out.family("tasks_ended_total", "counter", "Tasks that ended since the start, by how.");
        ended.forEach((state, count) -> out.value(count, "state", state.wire()));
        out.family("task_slots", "gauge", "Tasks that may run at the same time.")
                .value(census.slots());
        out.family("task_slots_used", "gauge", "Tasks that hold a slot.").value(census.running());
        out.family("queue_length", "gauge", "Tasks that wait for a slot or for the robot.")
                .value(census.queued());
        out.family("queue_limit", "gauge", "Tasks that may wait.").value(census.maxQueue());
        out.family("model_spend_usd_total", "counter", "What the tasks that ended since the start cost.")
                .value(BigDecimal.valueOf(census.spentMicros(), 6));
    }

    private void safety(MetricsText out) {
        var state = services.interlock().state();
        out.family("stop_latched", "gauge", "1 while the stop latch is set.").value(state.latched());
        out.family("stop_unacked", "gauge", "1 while the robot has not confirmed the latest stop.")
                .value(state.unacked());
        out.family("stop_persisted", "gauge", "1 if the latch is on disk, or none is set.")
                .value(state.persisted());
        out.family("stop_issued_seconds", "histogram", "From the request of a stop to its command to the robot.")
                .histogram(issued.snapshot());
        out.family("stop_acked_seconds", "histogram", "From the request of a stop to the robot's confirmation.")
                .histogram(acked.snapshot());
        out.family("lease_held", "gauge", "1 while somebody may move the robot.")
                .value(services.lease().holder().isPresent());
        var declared = services.manifest().now();
        out.family("manifest_valid", "gauge", "1 if the manifest can be read and is valid.")
                .value(declared instanceof Declared.Present present && present.valid());
        out.family("manifest_changed", "gauge", "1 if the manifest is not the one that is held to.")
                .value(!declared.sha256().equals(services.manifest().pin()));
    }

    private static void decisions(MetricsText out, Map<AuditKind, Long> counts) {
        out.family("gate_decisions_total", "counter", "What the gate decided, and why.")
                .value(sum(counts, of(AuditEvent.TOOL_INTENT)), "behavior", "allow", "code", "ok")
                .value(sum(counts, of(AuditEvent.APPROVAL_REQUESTED)), "behavior", "ask", "code", "hitl_required");
        by(counts, AuditEvent.GATE_DENY, AuditKind::code)
                .forEach((code, count) -> out.value(count, "behavior", "deny", "code", code));
        out.family("orders_refused_total", "counter", "Orders that became no task, and why.");
        by(counts, AuditEvent.TASK_REFUSED, AuditKind::code).forEach((code, count) -> out.value(count, "code", code));
        out.family("tool_outcomes_total", "counter", "How the calls ended that the gate let through.");
        by(counts, AuditEvent.TOOL_OUTCOME, AuditKind::outcome)
                .forEach((outcome, count) -> out.value(count, "outcome", outcome));
    }

    private void audit(MetricsText out, Map<AuditKind, Long> counts) {
        out.family("audit_records_total", "counter", "Records since the start, by event.");
        for (var event : AuditEvent.values()) {
            out.value(sum(counts, of(event)), "event", event.wire());
        }
        var health = services.audit().health();
        out.family("audit_ok", "gauge", "1 if what is recorded becomes durable; nothing moves otherwise.")
                .value(health.ok());
        out.family("audit_last_seq", "gauge", "Number of the last durable record.")
                .value(health.lastSeq());
        out.family("audit_head_seq", "gauge", "Number of the last record under the signed head.")
                .value(health.headSeq());
        out.family("audit_lost_total", "counter", "Notes that were lost since the start.")
                .value(health.lost());
    }

    private static Predicate<AuditKind> of(AuditEvent event) {
        return kind -> kind.event() == event;
    }

    private static long sum(Map<AuditKind, Long> counts, Predicate<AuditKind> wanted) {
        return counts.entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static Map<String, Long> by(
            Map<AuditKind, Long> counts, AuditEvent event, Function<AuditKind, String> what) {
        var out = new TreeMap<String, Long>();
        counts.forEach((kind, count) -> {
            if (kind.event() == event) {
                out.merge(what.apply(kind), count, Long::sum);
            }
        });
        return out;
    }
}
