package dev.gatehouse.gate;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditUnavailableException;
import dev.gatehouse.json.ArgumentSchema;
import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Admission;
import dev.gatehouse.robot.Progress;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.secret.Redactor;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolCall;
import dev.gatehouse.tool.ToolResult;
import dev.gatehouse.tool.Toolbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
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
    private static final String NOT_LOOKED_AT = "none";

    private final Toolbox toolbox;
    private final Map<String, ArgumentSchema> schemas = new HashMap<>();
    private final Supplier<Policy> policy;
    private final Rules rules;
    private final Redactor redactor;
    private final PinnedManifest manifest;
    private final Robot robot;
    private final ActuateLease lease;
    private final Questions questions;
    private final AuditLog audit;
    private final GateRecords records;
    private final Ticker ticker;
    private final ToolRun run;

    public Gate(
            Toolbox toolbox,
            Credentials credentials,
            Supplier<Policy> policy,
            PinnedManifest manifest,
            Robot robot,
            ActuateLease lease,
            Approvals approvals,
            AuditLog audit,
            Redactor redactor,
            Ticker ticker) {
        this.toolbox = toolbox;
        this.policy = policy;
        this.manifest = manifest;
        this.robot = robot;
        this.lease = lease;
        this.audit = audit;
        this.records = new GateRecords();
        this.questions =
                new Questions(approvals, () -> robot.interlock().latchings(), audit, records, redactor, ticker);
        this.redactor = redactor;
        this.ticker = ticker;
        this.run = new ToolRun(robot, audit, records, ticker);
        this.rules = new Rules(credentials, manifest, robot, lease, redactor);
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
                    held(task),
                    manifest.latest(),
                    NOT_LOOKED_AT,
                    progress,
                    0));
        }
        // What the caller would pay a model with is known as a secret meanwhile, so that no record and no result shows
        // it.
        principal.modelKey().ifPresent(redactor::know);
        try {
            return judged(read(principal, task, call, progress));
        } finally {
            principal.modelKey().ifPresent(redactor::forget);
        }
    }

    /** Carries out a step of a plan as the call that it is. */
    ToolResult step(Request step, String manifestSha256) throws InterruptedException {
        var overtaken = overtaken(step.latching(), manifestSha256);
        return overtaken.isPresent() ? CommonKeys.on(step, deny(step, overtaken.get()), List.of()) : judged(step);
    }

    private ToolResult judged(Request request) throws InterruptedException {
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

    /** Whether the robot is stopped. */
    public boolean stopped() {
        return robot.interlock().admit() instanceof Admission.Latched;
    }

    /** Whether a task holds the one right to move the robot. */
    public boolean mayMove(TaskScope task) {
        return lease.heldBy(task);
    }

    /** Whether the arguments hold a known secret: such a call is refused, and what it wanted to send is shown nowhere (D6.5). */
    public boolean holdsSecret(ToolCall call) {
        return redactor.finds(call.arguments());
    }

    private Request read(Principal principal, Optional<TaskScope> task, ToolCall call, Progress progress) {
        return read(principal, task, call, progress, robot.interlock().latchings());
    }

    Request read(Principal principal, Optional<TaskScope> task, ToolCall call, Progress progress, long latching) {
        var tool = toolbox.find(call.tool());
        var problem = tool.flatMap(found -> problem(found, call.arguments()));
        var operation = problem.isPresent()
                ? Optional.<Operation>empty()
                : tool.map(found -> found.operation().of(call.arguments()));
        var held = held(task);
        var effect = operation
                .map(known -> rules.effectOf(known, held))
                .orElse(tool.map(Tool::worst).orElse(Effect.ADMIN));
        return new Request(
                principal,
                task,
                call,
                tool,
                problem,
                operation,
                effect,
                held,
                manifest.now(),
                call.argumentsSha256(),
                progress,
                latching);
    }

    private Policy held(Optional<TaskScope> task) {
        return task.map(TaskScope::policy).orElseGet(policy);
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
        if (!now.declared().sha256().equals(approval.binding().manifestSha256())
                || !now.policy().sha256().equals(approval.binding().policySha256())
                || until.passed()
                || stoppedSince(approval)) {
            return overtaken(now);
        }
        return switch (rules.judge(now, true)) {
            case Verdict.Deny deny -> deny(now, deny);
            case Verdict.Ask ask -> throw new IllegalStateException("asked twice");
            case Verdict.Allow allow -> allow(now, Optional.of(approval));
        };
    }

    /** Why what began under this latching and this manifest does not go on. */
    Optional<Verdict.Deny> overtaken(long latching, String manifestSha256) {
        if (robot.interlock().latchings() != latching) {
            return Optional.of(Rules.stopped());
        }
        return manifest.now().sha256().equals(manifestSha256) ? Optional.empty() : Optional.of(Rules.manifestChanged());
    }

    private ToolResult overtaken(Request request) {
        var code = "approval_mismatch";
        return deny(request, Verdict.Deny.blocked(Step.APPROVAL, code, code, "what was agreed to has changed"));
    }

    /** A task is ended by a stop anyhow; a direct call is not known to anybody who could end it. */
    private boolean stoppedSince(Approval approval) {
        return approval.direct()
                && approval.binding().latching() != robot.interlock().latchings();
    }

    private ToolResult allow(Request request, Optional<Approval> approval) {
        return switch (request.operation().orElseThrow()) {
            case Operation.Write() -> holdingStill(request, () -> write(request, approval));
            case Operation.Clear clear -> change(request, approval);
            case Operation.Read() -> observe(request, approval);
            case Operation.Look look -> observe(request, approval);
            case Operation.Stop() -> observe(request, approval);
            case Operation.Pursue() -> pursue(request, approval);
            case Operation.Run capability -> byEffect(request, approval);
            case Operation.Survey survey -> byEffect(request, approval);
            case Operation.Forward forward -> byEffect(request, approval);
        };
    }

    private ToolResult byEffect(Request request, Optional<Approval> approval) {
        return switch (request.effect()) {
            case ACTUATE -> move(request, approval);
            case ADMIN -> holdingStill(request, () -> change(request, approval));
            case OBSERVE, STOP -> observe(request, approval);
        };
    }

    private ToolResult observe(Request request, Optional<Approval> approval) {
        witnessAllow(request);
        audit.note(records.intent(request, approval));
        return run.still(request, approval);
    }

    /** Moves nothing by itself: it holds neither lease nor permit, and each of its steps comes back here for its own. */
    private ToolResult pursue(Request request, Optional<Approval> approval) {
        witnessAllow(request);
        audit.note(records.intent(request, approval));
        var result = run.composed(
                request, approval, new PlannedSteps(this, rules, questions, request, approval.isPresent()));
        // What a model says may hold anything, even what it cannot know.
        var body = (ObjectNode) redactor.clean(result.structured().orElseThrow());
        return new ToolResult(result.outcome(), result.isError(), Json.pretty(body), Optional.of(body));
    }

    private ToolResult move(Request request, Optional<Approval> approval) {
        return request.task().isPresent()
                ? actuate(request, approval)
                : holdingStill(request, () -> actuate(request, approval));
    }

    /** Does something while nobody else may move the robot. */
    private ToolResult holdingStill(Request request, Supplier<ToolResult> work) {
        var grant = lease.take(request.call().id());
        if (grant.isEmpty()) {
            return deny(request, Verdict.Deny.blocked(Step.LEASE, "busy", "busy", "another task moves the robot"));
        }
        try {
            return work.get();
        } finally {
            lease.release(grant.get());
        }
    }

    /** The manifest is this call's own doing afterwards, so it is held to again without anybody reloading it (D16.4). */
    private ToolResult write(Request request, Optional<Approval> approval) {
        var result = change(request, approval);
        if (result.outcome() == ToolResult.Outcome.OK) {
            result.structured()
                    .ifPresent(body -> manifest.follow(
                            request.declared().sha256(),
                            body.path("manifest_sha256").asString("")));
        }
        return result;
    }

    /** Changes what the robot is or may do, once that is on record. */
    private ToolResult change(Request request, Optional<Approval> approval) {
        return recorded(request, approval).orElseGet(() -> run.still(request, approval));
    }

    /** Makes the intent durable; the refusal if it cannot be (D14.7). */
    private Optional<ToolResult> recorded(Request request, Optional<Approval> approval) {
        try {
            audit.write(records.intent(request, approval));
            witnessAllow(request);
            return Optional.empty();
        } catch (AuditUnavailableException e) {
            LOG.error("the audit cannot be written; nothing happens");
            return Optional.of(deny(
                    request,
                    Verdict.Deny.error(
                            Step.AUDIT,
                            "audit_unavailable",
                            "what would happen cannot be recorded, so it does not happen")));
        }
    }

    private ToolResult actuate(Request request, Optional<Approval> approval) {
        if (!(robot.interlock().admit() instanceof Admission.Admitted(var permit))) {
            return deny(request, Rules.latched());
        }
        // A stop before the permit that was cleared again is seen here; one after it ends the permit.
        if (approval.filter(this::stoppedSince).isPresent()) {
            return overtaken(request);
        }
        if (request.latching() != robot.interlock().latchings()) {
            return deny(request, Rules.stopped());
        }
        if (!manifest.now().sha256().equals(request.declared().sha256())) {
            return deny(request, Rules.manifestChanged());
        }
        var unrecorded = recorded(request, approval);
        if (unrecorded.isPresent()) {
            return unrecorded.get();
        }
        try (var watch = ManifestWatch.start(manifest, request.declared().sha256(), robot.interlock(), ticker)) {
            return run.moving(request, approval, permit, watch::cut);
        }
    }

    private void witnessAllow(Request request) {
        witness(
                request,
                new GateEvent.Decided(
                        request.call().id(), request.call().tool(), request.principal(), new Verdict.Allow()));
    }

    private ToolResult stop(Request request) throws InterruptedException {
        var result = run.stop(request);
        witnessAllow(request);
        audit.note(records.intent(request, Optional.empty()));
        audit.note(records.outcome(request, Optional.empty(), result));
        return CommonKeys.on(request, result, List.of());
    }

    private static void witness(Request request, GateEvent event) {
        request.task().ifPresent(task -> task.witness(event));
    }
}
