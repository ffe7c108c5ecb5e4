package dev.gatehouse.gate;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditUnavailableException;
import dev.gatehouse.json.ArgumentSchema;
import dev.gatehouse.robot.Admission;
import dev.gatehouse.robot.Envelope;
import dev.gatehouse.robot.Permit;
import dev.gatehouse.robot.Progress;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.secret.Redactor;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.time.TimeLimit;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Invocation;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolCall;
import dev.gatehouse.tool.ToolResult;
import dev.gatehouse.tool.Toolbox;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one door from intent to effect. Whoever calls a tool, by whatever surface, comes through {@link #call}.
 *
 * <p>The record of what is about to happen is durable before it happens; if it cannot be written, nothing happens. A stop
 * is the one exception: first the stop, then the record.
 */
public final class Gate implements Door {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final Duration OBSERVE_LIMIT = Duration.ofSeconds(30);
    private static final Duration ACTUATE_LIMIT = Duration.ofMinutes(2);
    private static final Duration SETTLE = Duration.ofSeconds(4);
    private static final String NOT_LOOKED_AT = "none";

    private final Toolbox toolbox;
    private final Map<String, ArgumentSchema> schemas = new HashMap<>();
    private final Rules rules;
    private final PinnedManifest manifest;
    private final Robot robot;
    private final ActuateLease lease;
    private final Questions questions;
    private final AuditLog audit;
    private final GateRecords records;
    private final Ticker ticker;
    private final TimeLimit timeLimit;

    public Gate(
            Toolbox toolbox,
            Credentials credentials,
            Policy policy,
            PinnedManifest manifest,
            Robot robot,
            ActuateLease lease,
            Approvals approvals,
            AuditLog audit,
            Redactor redactor,
            Ticker ticker) {
        this.toolbox = toolbox;
        this.manifest = manifest;
        this.robot = robot;
        this.lease = lease;
        this.audit = audit;
        this.records = new GateRecords(policy.sha256());
        this.questions =
                new Questions(approvals, policy, () -> robot.interlock().latchings(), audit, records, redactor, ticker);
        this.ticker = ticker;
        this.timeLimit = new TimeLimit(ticker, SETTLE);
        this.rules = new Rules(credentials, policy, manifest, robot, lease, redactor);
        toolbox.tools().forEach(tool -> schemas.put(tool.name(), ArgumentSchema.compile(tool.inputSchema())));
    }

    @Override
    public Toolbox toolbox() {
        return toolbox;
    }

    @Override
    public ToolResult call(Principal principal, ToolCall call, Progress progress) throws InterruptedException {
        return call(principal, Optional.empty(), call, progress);
    }

    /** The call of a task; what becomes of it is told to the task. */
    public ToolResult call(Principal principal, TaskScope task, ToolCall call) throws InterruptedException {
        return call(
                principal,
                Optional.of(task),
                call,
                (done, total, message) -> task.witness(new GateEvent.Progressed(call.id(), done, total, message)));
    }

    /**
     * Lets a call through, or says why not; either way the answer is a result. A direct call never waits for a person.
     *
     * <p>A stop is recognised by the name of the tool alone, before a file is read or an argument looked at (D6.3, D8.2).
     *
     * @param task the task the call belongs to; empty for a direct call, which takes the lease for itself
     * @throws InterruptedException if the task was stopped while a person was asked
     */
    private ToolResult call(Principal principal, Optional<TaskScope> task, ToolCall call, Progress progress)
            throws InterruptedException {
        var tool = toolbox.find(call.tool());
        if (tool.isPresent() && tool.get().least() == Effect.STOP) {
            return stop(new Request(
                    principal,
                    task,
                    call,
                    tool,
                    Optional.empty(),
                    Optional.of(new Operation.Stop()),
                    Effect.STOP,
                    manifest.latest(),
                    NOT_LOOKED_AT,
                    progress));
        }
        var request = read(principal, task, call, progress);
        return switch (rules.judge(request, false)) {
            case Verdict.Deny deny -> CommonKeys.on(request, deny(request, deny), List.of());
            case Verdict.Ask ask -> {
                var warnings = rules.warnings(request);
                yield CommonKeys.on(request, ask(request, ask, warnings), warnings);
            }
            case Verdict.Allow allow -> {
                var warnings = rules.warnings(request);
                yield CommonKeys.on(request, allow(request, Optional.empty()), warnings);
            }
        };
    }

    /** What the rules would say now, without acting on it: for self-tests and for showing a policy. */
    public Verdict judge(Principal principal, Optional<TaskScope> task, ToolCall call) {
        return rules.judge(read(principal, task, call, Progress.none()), false);
    }

    private Request read(Principal principal, Optional<TaskScope> task, ToolCall call, Progress progress) {
        var tool = toolbox.find(call.tool());
        var problem = tool.flatMap(found -> problem(found, call.arguments()));
        var operation = problem.isPresent()
                ? Optional.<Operation>empty()
                : tool.map(found -> found.operation().of(call.arguments()));
        var effect = operation.map(rules::effectOf).orElse(tool.map(Tool::worst).orElse(Effect.ADMIN));
        return new Request(
                principal,
                task,
                call,
                tool,
                problem,
                operation,
                effect,
                manifest.now(),
                call.argumentsSha256(),
                progress);
    }

    private Optional<String> problem(Tool tool, ObjectNode arguments) {
        if (Rules.tooLarge(arguments)) {
            return Optional.of("arguments are larger than 64 KiB");
        }
        var schema = schemas.get(tool.name());
        return schema == null ? Optional.of("no schema") : schema.problem(arguments);
    }

    private ToolResult deny(Request request, Verdict.Deny deny) {
        audit.note(records.denied(request, deny));
        witness(
                request,
                new GateEvent.Decided(request.call().id(), request.call().tool(), request.principal(), deny));
        return deny.asResult();
    }

    private ToolResult ask(Request request, Verdict.Ask ask, List<String> warnings) throws InterruptedException {
        return switch (questions.put(request, ask, warnings)) {
            case Questions.Answer.Refused(var why) -> deny(request, why);
            case Questions.Answer.Agreed(var approval, var until) -> agreed(request, approval, until);
        };
    }

    /** Everything is judged again: a person may take minutes, and the world goes on meanwhile (D7.5). */
    private ToolResult agreed(Request asked, Approval approval, Deadline until) {
        var now = read(asked.principal(), asked.task(), asked.call(), asked.progress());
        if (!now.declared().sha256().equals(approval.binding().manifestSha256()) || until.passed()) {
            var code = "approval_mismatch";
            return deny(now, Verdict.Deny.blocked(Step.APPROVAL, code, code, "what was agreed to has changed"));
        }
        return switch (rules.judge(now, true)) {
            case Verdict.Deny deny -> deny(now, deny);
            case Verdict.Ask ask -> throw new IllegalStateException("asked twice");
            case Verdict.Allow allow -> allow(now, Optional.of(approval));
        };
    }

    private ToolResult allow(Request request, Optional<Approval> approval) {
        if (request.effect() != Effect.ACTUATE) {
            witnessAllow(request);
            audit.note(records.intent(request, approval));
            return act(request, approval, Optional.empty(), OBSERVE_LIMIT, UnaryOperator.identity());
        }
        if (request.task().isPresent()) {
            return actuate(request, approval);
        }
        var grant = lease.take(request.call().id());
        if (grant.isEmpty()) {
            return deny(request, Verdict.Deny.blocked(Step.LEASE, "busy", "busy", "another task moves the robot"));
        }
        try {
            return actuate(request, approval);
        } finally {
            lease.release(grant.get());
        }
    }

    private ToolResult actuate(Request request, Optional<Approval> approval) {
        if (!(robot.interlock().admit() instanceof Admission.Admitted(var permit))) {
            return deny(request, Rules.latched());
        }
        if (!manifest.now().sha256().equals(request.declared().sha256())) {
            return deny(request, Rules.manifestChanged());
        }
        try {
            audit.write(records.intent(request, approval));
        } catch (AuditUnavailableException e) {
            LOG.error("the audit cannot be written; nothing moves");
            return deny(
                    request,
                    Verdict.Deny.error(
                            Step.AUDIT,
                            "audit_unavailable",
                            "what would happen cannot be recorded, so it" + " does not happen"));
        }
        witnessAllow(request);
        try (var watch = ManifestWatch.start(manifest, request.declared().sha256(), robot.interlock(), ticker)) {
            return act(request, approval, Optional.of(permit), ACTUATE_LIMIT, watch::cut);
        }
    }

    private void witnessAllow(Request request) {
        witness(
                request,
                new GateEvent.Decided(
                        request.call().id(), request.call().tool(), request.principal(), new Verdict.Allow()));
    }

    /** Runs the tool; what it came to is recorded as {@code told} tells it. */
    private ToolResult act(
            Request request,
            Optional<Approval> approval,
            Optional<Permit> permit,
            Duration limit,
            UnaryOperator<ToolResult> told) {
        var invocation = invocation(request, permit);
        var tool = request.tool().orElseThrow();
        var until =
                request.task().map(task -> task.deadline().atMost(limit)).orElseGet(() -> Deadline.in(limit, ticker));
        var came = switch (timeLimit.run(() -> tool.function().run(invocation), until, () -> cut(permit))) {
            case TimeLimit.Result.Done<ToolResult>(var value) -> value;
            case TimeLimit.Result.Failed<ToolResult>(var cause) -> failed(request, permit, cause);
            case TimeLimit.Result.Cut<ToolResult>(var ended) -> ended ? stopped(permit) : leftBehind(permit);
        };
        var result = told.apply(came);
        record(request, approval, result, permit.isPresent());
        if (permit.map(Permit::endedByLatch).orElse(false)) {
            request.task().ifPresent(TaskScope::robotStopped);
        }
        return result;
    }

    private Invocation invocation(Request request, Optional<Permit> permit) {
        var envelope =
                request.declared() instanceof Declared.Present declared ? declared.envelope() : Envelope.undeclared();
        return new Invocation(
                request.call(),
                request.operation().orElseThrow(),
                envelope,
                permit,
                request.progress(),
                request.principal().caller());
    }

    /** Ends a motion whose caller is gone or whose time is over; if the body does not confirm, the interlock latches. */
    private void cut(Optional<Permit> permit) {
        if (permit.isPresent() && permit.get().live()) {
            robot.interlock().protectiveStop("the call was cut");
        }
    }

    /** A stop that comes as an interrupt before the driver has noticed it reads like one that the driver noticed. */
    private static ToolResult stopped(Optional<Permit> permit) {
        return permit.map(Permit::endedByLatch).orElse(false)
                ? ToolResult.refused(
                        ToolResult.Outcome.ABORTED, false, "estop", "the stop latch was set during the motion")
                : ToolResult.refused(ToolResult.Outcome.ABORTED, true, "stopped", "the call was stopped");
    }

    private static ToolResult leftBehind(Optional<Permit> permit) {
        return permit.isPresent()
                ? ToolResult.refused(
                        ToolResult.Outcome.UNKNOWN, true, "tool_timeout", "the call did not end; its effect is unknown")
                : ToolResult.refused(ToolResult.Outcome.ERROR, true, "tool_timeout", "the call did not end in time");
    }

    private ToolResult failed(Request request, Optional<Permit> permit, Exception cause) {
        LOG.error(
                "tool {} failed inside, call {}",
                request.call().tool(),
                request.call().id(),
                cause);
        return ToolResult.refused(
                permit.isPresent() ? ToolResult.Outcome.UNKNOWN : ToolResult.Outcome.ERROR,
                true,
                "internal",
                "internal error; see the log of the server for "
                        + request.call().id());
    }

    /** An outcome that cannot be written stays visible as an intent without one, and is called unknown later. */
    private void record(Request request, Optional<Approval> approval, ToolResult result, boolean moved) {
        var entry = records.outcome(request, approval, result);
        if (!moved) {
            audit.note(entry);
        } else if (result.outcome() != ToolResult.Outcome.UNKNOWN) {
            try {
                audit.write(entry);
            } catch (AuditUnavailableException e) {
                LOG.error(
                        "the outcome of call {} could not be recorded",
                        request.call().id());
            }
        }
    }

    private ToolResult stop(Request request) throws InterruptedException {
        var result = request.tool()
                .orElseThrow()
                .function()
                .run(new Invocation(
                        request.call(),
                        new Operation.Stop(),
                        Envelope.undeclared(),
                        Optional.empty(),
                        Progress.none(),
                        request.principal().caller()));
        witnessAllow(request);
        audit.note(records.intent(request, Optional.empty()));
        audit.note(records.outcome(request, Optional.empty(), result));
        return CommonKeys.on(request, result, List.of());
    }

    private static void witness(Request request, GateEvent event) {
        request.task().ifPresent(task -> task.witness(event));
    }
}
