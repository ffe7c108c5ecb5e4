package dev.gatehouse.dispatch;

import dev.gatehouse.gate.Principal;
import dev.gatehouse.json.Json;
import dev.gatehouse.secret.Redactor;
import dev.gatehouse.time.Rfc3339;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known of a task: the fold of its log, kept as one object so that it can be read without the log (D1.7).
 *
 * @param credential whose task it is (dispatcher.md 2.2)
 * @param body the Task object of 3.7 without what is computed from it
 */
public record Task(String id, String caller, String credential, TaskState state, ObjectNode body) {
    public Task {
        body = body.deepCopy();
    }

    /** A task as it stands when its first event is written. */
    static Task accepted(
            String id, Order order, Principal principal, String engine, String model, boolean rehearsal, Instant at) {
        var body = Json.object();
        body.put("id", id);
        body.put("kind", order.kind().wire());
        body.put("state", TaskState.ACCEPTED.wire());
        body.put("terminal", false);
        body.put("created_at", Rfc3339.format(at));
        body.putNull("started_at");
        body.putNull("ended_at");
        body.put("caller", principal.caller());
        body.put("effect", order.effect().wire());
        body.put("engine", engine);
        body.put("model", model);
        body.put("rehearsal", rehearsal);
        body.put("goal", order.goal());
        body.set("options", options(order));
        body.set("labels", Json.tree(order.labels()));
        order.arrival().trace().ifPresentOrElse(trace -> body.set("trace", trace.json()), () -> body.putNull("trace"));
        body.put("last_seq", 0);
        body.put("turn", 0);
        body.put("cost_usd", BigDecimal.ZERO);
        body.set("approvals", Json.array());
        body.putNull("result");
        body.set("annotations", Json.array());
        body.set("links", links(id));
        return new Task(id, principal.caller(), principal.credentialId(), TaskState.ACCEPTED, body);
    }

    /** The same without secrets, as it may be stored (D4.6). */
    Task redacted(Redactor redactor) {
        return new Task(id, caller, credential, state, (ObjectNode) redactor.clean(body));
    }

    static ObjectNode options(Order order) {
        var options = Json.object();
        options.put("max_turns", order.maxTurns());
        options.put("max_budget_usd", usd(order.maxBudgetMicros()));
        options.put("deadline_s", order.deadline().toSeconds());
        order.onDisconnect().ifPresent(policy -> options.put("on_disconnect", policy.wire()));
        order.deadMan().ifPresent(every -> options.put("deadman_s", every.toSeconds()));
        return options;
    }

    static ObjectNode links(String id) {
        var self = "/v1/tasks/" + id;
        return Json.object().put("self", self).put("events", self + "/events").put("cancel", self + "/cancel");
    }

    /** Micro-dollars as the dollars of the wire. */
    public static BigDecimal usd(long micros) {
        var dollars = BigDecimal.valueOf(micros, 6).stripTrailingZeros();
        return dollars.scale() < 0 ? dollars.setScale(0) : dollars;
    }

    /** The same order, as its log tells what became of it: state, result and counters are folded anew (D1.7). */
    Task rebuilt(List<TaskEvent> log) {
        var ordered = body.deepCopy();
        begin(ordered);
        var task = new Task(id, caller, credential, TaskState.ACCEPTED, ordered);
        for (var event : log) {
            task = task.apply(event);
        }
        return task;
    }

    /** The members that the log moves, as they stand before its first event. */
    private static void begin(ObjectNode body) {
        body.put("state", TaskState.ACCEPTED.wire());
        body.put("terminal", false);
        body.putNull("started_at");
        body.putNull("ended_at");
        body.put("last_seq", 0);
        body.put("turn", 0);
        body.put("cost_usd", BigDecimal.ZERO);
        body.set("approvals", Json.array());
        body.putNull("result");
    }

    /** This task after one more event of its log. */
    Task apply(TaskEvent event) {
        var next = body.deepCopy();
        next.put("last_seq", event.seq());
        var to = state;
        switch (event.type()) {
            case QUEUED -> to = TaskState.QUEUED;
            case STATE -> {
                to = TaskState.ofWire(event.member("to").stringValue());
                if (to == TaskState.RUNNING && next.path("started_at").isNull()) {
                    next.put("started_at", Rfc3339.format(event.at()));
                }
            }
            case USAGE -> {
                next.set("turn", event.member("turn"));
                next.set("cost_usd", event.member("total_usd"));
            }
            case APPROVAL_REQUIRED -> next.withArray("approvals").add(event.member("approval_id"));
            case RESULT -> {
                to = TaskState.ofWire(event.member("status").stringValue());
                next.put("ended_at", Rfc3339.format(event.at()));
                next.set("result", event.members());
            }
            case ACCEPTED,
                    SESSION,
                    TEXT,
                    TOOL_CALL,
                    GATE_DECISION,
                    APPROVAL_RESOLVED,
                    ARTIFACT,
                    LEASE,
                    PROGRESS,
                    TOOL_RESULT,
                    RETRY,
                    SAFETY,
                    STREAM,
                    WARNING,
                    ERROR -> {}
        }
        next.put("state", to.wire());
        next.put("terminal", to.terminal());
        return new Task(id, caller, credential, to, next);
    }

    /** The same with one more note on what became known after its end; the state stays (D1.4). */
    Task annotated(ObjectNode annotation) {
        var next = body.deepCopy();
        next.withArray("annotations").add(annotation);
        return new Task(id, caller, credential, state, next);
    }

    public long lastSeq() {
        return body.path("last_seq").longValue();
    }

    /** The terminal result, once there is one. */
    public Optional<ObjectNode> result() {
        return body.path("result") instanceof ObjectNode result ? Optional.of(result) : Optional.empty();
    }

    /** A member of the Task object, or a missing node. */
    public JsonNode member(String name) {
        return body.path(name);
    }

    /** Whether this caller may know that the task exists. */
    public boolean visibleTo(Principal principal) {
        return caller.equals(principal.caller()) || principal.has(dev.gatehouse.gate.Role.ADMIN);
    }
}
