package dev.gatehouse.gate;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.json.Json;
import dev.gatehouse.secret.Redactor;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.ToolCall;
import dev.gatehouse.tool.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the question of a call to people (dispatcher.md section 7).
 *
 * <p>A call of a task is held until the answer. A direct call never waits: it is told which question has to be answered, and goes
 * ahead when it is repeated with the token that the answer brought.
 */
final class Questions {
    private static final Duration DIRECT_WAIT = Duration.ofMinutes(5);

    private final Approvals approvals;
    private final LongSupplier latchings;
    private final AuditLog audit;
    private final GateRecords records;
    private final Redactor redactor;
    private final Ticker ticker;

    /**
     * The questions of one gate.
     *
     * @param latchings tells which latching of the stop was the latest
     */
    Questions(
            Approvals approvals,
            LongSupplier latchings,
            AuditLog audit,
            GateRecords records,
            Redactor redactor,
            Ticker ticker) {
        this.approvals = approvals;
        this.latchings = latchings;
        this.audit = audit;
        this.records = records;
        this.redactor = redactor;
        this.ticker = ticker;
    }

    /** What came of a question. */
    sealed interface Answer {
        /**
         * A person agreed to exactly this call.
         *
         * @param until when the agreement is too old to be used
         */
        record Agreed(Approval approval, Deadline until) implements Answer {}

        /** Nobody did, or not yet. */
        record Refused(Verdict.Deny why) implements Answer {}
    }

    /**
     * Asks, or finds that a person has agreed already.
     *
     * @param warnings what the person should know
     * @throws InterruptedException if the task of the call was stopped while a person was asked
     */
    Answer put(Request request, Verdict.Ask ask, List<String> warnings) throws InterruptedException {
        if (request.argumentsSha256().equals(ToolCall.NO_DIGEST)) {
            return new Answer.Refused(new Verdict.Deny(
                    Step.TOOL,
                    "arguments_invalid",
                    "bad_args",
                    ToolResult.Outcome.ERROR,
                    "the arguments hold a number or a text without one form, so nobody can agree to exactly them"));
        }
        if (request.task().isPresent()) {
            return held(request, request.task().get(), ask, warnings);
        }
        var token = request.call().confirmToken();
        return token.isPresent()
                ? carried(request, ask, warnings, token.get())
                : new Answer.Refused(open(request, ask, warnings));
    }

    private Answer held(Request request, TaskScope task, Verdict.Ask ask, List<String> warnings)
            throws InterruptedException {
        var call = request.call();
        task.witness(new GateEvent.Decided(call.id(), call.tool(), request.principal(), ask));
        var asked = approvals.ask(
                binding(request),
                request.principal(),
                request.policy(),
                question(request, ask, warnings),
                task.approvalWait());
        audit.note(records.asked(request, asked));
        task.witness(new GateEvent.Asked(call.id(), asked));
        var answer = awaited(request, task, asked);
        return switch (answer.state()) {
            case APPROVED ->
                new Answer.Agreed(answer, Deadline.in(request.policy().approvalTtl(), ticker));
            case DENIED -> refused("approval_denied", "a person did not allow this");
            case EXPIRED -> refused("approval_expired", "nobody answered in time; silence is no");
            case VOID, PENDING -> refused("approval_denied", "the question is void");
        };
    }

    /** Waits for the answer; that the question became void because the task was stopped is recorded as well. */
    private Approval awaited(Request request, TaskScope task, Approval asked) throws InterruptedException {
        var answer = asked;
        try {
            answer = approvals.await(asked.id());
            return answer;
        } finally {
            var known = approvals.find(asked.id()).orElse(answer);
            audit.note(records.answered(request, known));
            task.witness(new GateEvent.Answered(request.call().id(), known));
        }
    }

    private static Answer refused(String code, String message) {
        return new Answer.Refused(Verdict.Deny.blocked(Step.APPROVAL, code, code, message));
    }

    /** A token is spent here, whatever becomes of the call afterwards (robot-md.md 10.3). */
    private Answer carried(Request request, Verdict.Ask ask, List<String> warnings, Secret token) {
        return switch (approvals.show(token, request.principal(), binding(request), ask.reasons())) {
            case Confirmations.Shown.Good(var approval) ->
                new Answer.Agreed(approval, Deadline.in(request.policy().approvalTtl(), ticker));
            case Confirmations.Shown.Wrong() -> {
                audit.note(records.wrongToken(request, true));
                yield new Answer.Refused(open(request, ask, warnings));
            }
            case Confirmations.Shown.Unseen() -> {
                audit.note(records.wrongToken(request, false));
                yield new Answer.Refused(open(request, ask, warnings));
            }
        };
    }

    /** Whether the token is there that a later call will need; it is not spent yet. */
    boolean carries(Request request, Verdict.Ask ask) {
        var token = request.call().confirmToken();
        if (token.isEmpty()) {
            return false;
        }
        return switch (approvals.look(token.get(), request.principal(), binding(request), ask.reasons())) {
            case Confirmations.Shown.Good good -> true;
            case Confirmations.Shown.Wrong() -> wrong(request, true);
            case Confirmations.Shown.Unseen() -> wrong(request, false);
        };
    }

    private boolean wrong(Request request, boolean looked) {
        audit.note(records.wrongToken(request, looked));
        return false;
    }

    /** Names the question to the caller, which grants nothing: the answer goes to the person who gives it. */
    private Verdict.Deny open(Request request, Verdict.Ask ask, List<String> warnings) {
        var detail = Json.object().put("scope", ask.scopes().getFirst());
        detail.set("scopes", Json.tree(ask.scopes()));
        detail.put("approval_id", opened(request, ask, warnings));
        return Verdict.Deny.blocked(Step.APPROVAL, "hitl_required", "hitl_gate", ask.message())
                .with(detail);
    }

    /** Puts the question of a direct call, unless it is open already; its id. */
    String opened(Request request, Verdict.Ask ask, List<String> warnings) {
        var binding = binding(request);
        var asked = approvals.askOnce(
                binding,
                request.principal(),
                request.policy(),
                question(request, ask, warnings),
                DIRECT_WAIT,
                answer -> audit.note(records.answered(request, answer)));
        if (asked.binding().equals(binding)) {
            audit.note(records.asked(request, asked));
        }
        return asked.id();
    }

    private Approval.Binding binding(Request request) {
        return new Approval.Binding(
                request.taskId(),
                request.call().id(),
                request.call().tool(),
                request.argumentsSha256(),
                request.declared().sha256(),
                request.policy().sha256(),
                latchings.getAsLong(),
                request.call().planStep());
    }

    private Approval.Shown question(Request request, Verdict.Ask ask, List<String> warnings) {
        return new Approval.Shown(
                (ObjectNode) redactor.clean(request.call().arguments()), ask.reasons(), ask.decider(), warnings);
    }
}
