package dev.gatehouse.gate;

import dev.gatehouse.json.ArgumentSchema;
import dev.gatehouse.manifest.OperationClass;
import dev.gatehouse.robot.Admission;
import dev.gatehouse.robot.Capability;
import dev.gatehouse.robot.Command;
import dev.gatehouse.robot.Plan;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.secret.Redactor;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.Steps;
import dev.gatehouse.tool.Subject;
import dev.gatehouse.tool.ToolResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The rules of the door, in their order: the first that objects decides (dispatcher.md 6.1, robot-md.md 10.6). */
final class Rules {
    /** Code of a refusal whose arguments are recorded nowhere. */
    static final String SECRET_IN_ARGUMENTS = "secret_in_arguments";

    private static final int MAX_ARGUMENTS = 65_536;

    private final Credentials credentials;
    private final HitlRule hitl;
    private final ProbeRule probes;
    private final ClearingRule clearing;
    private final PinnedManifest manifest;
    private final Robot robot;
    private final ActuateLease lease;
    private final Redactor redactor;
    private final Map<String, ArgumentSchema> capabilitySchemas = new HashMap<>();

    Rules(Credentials credentials, PinnedManifest manifest, Robot robot, ActuateLease lease, Redactor redactor) {
        this.credentials = credentials;
        this.hitl = new HitlRule();
        this.probes = new ProbeRule(robot);
        this.clearing = new ClearingRule(robot);
        this.manifest = manifest;
        this.robot = robot;
        this.lease = lease;
        this.redactor = redactor;
        for (var capability : robot.capabilities()) {
            capabilitySchemas.put(capability.name(), ArgumentSchema.compile(capability.argumentSchema()));
        }
    }

    /**
     * Judges a call.
     *
     * @param approved a person has agreed to exactly this call
     */
    Verdict judge(Request request, boolean approved) {
        return identity(request)
                .or(() -> tier(request))
                .or(() -> tool(request))
                .or(() -> robot(request))
                .map(Verdict.class::cast)
                .or(() -> approved ? Optional.empty() : approval(request))
                .or(() -> lease(request))
                .orElseGet(Verdict.Allow::new);
    }

    /** What an operation does; a capability only looks if the operator and the body both say so (D6.2 table). */
    Effect effectOf(Operation operation, Policy policy) {
        return switch (operation) {
            case Operation.Read() -> Effect.OBSERVE;
            case Operation.Look look -> Effect.OBSERVE;
            case Operation.Stop() -> Effect.STOP;
            case Operation.Run run -> readOnly(run.capability(), policy) ? Effect.OBSERVE : Effect.ACTUATE;
            case Operation.Survey survey -> survey.probes().isEmpty() ? Effect.OBSERVE : Effect.ACTUATE;
            case Operation.Pursue() -> Effect.ACTUATE;
            case Operation.Write() -> Effect.ADMIN;
            case Operation.Clear clear -> Effect.ADMIN;
            case Operation.Forward forward -> forward.effect();
        };
    }

    private boolean readOnly(String capability, Policy policy) {
        return policy.readOnlyCapabilities().contains(capability)
                && robot.capability(capability).map(Capability::observing).orElse(false);
    }

    private Optional<Verdict.Deny> identity(Request request) {
        if (!credentials.alive(request.principal())) {
            return Optional.of(
                    Verdict.Deny.error(Step.IDENTITY, "credential_invalid", "the credential is expired or revoked"));
        }
        if (request.effect() != Effect.STOP
                && request.task().map(TaskScope::ending).orElse(false)) {
            return Optional.of(Verdict.Deny.error(
                    Step.IDENTITY, "task_ending", "the task is being stopped; only a stop is let through"));
        }
        return Optional.empty();
    }

    private Optional<Verdict.Deny> tier(Request request) {
        var who = request.principal();
        return switch (request.effect()) {
            case STOP -> Optional.empty();
            case ADMIN -> {
                if (request.task().isPresent()) {
                    yield denyTier("effect_ceiling", request, "is for direct calls only, and this is a task");
                }
                var role = request.operation().orElse(null) instanceof Operation.Clear ? Role.CLEAR : Role.ADMIN;
                yield who.tier() == Tier.ACTUATE || who.has(role)
                        ? Optional.empty()
                        : denyTier(
                                "role_required",
                                request,
                                "needs tier actuate or role " + role.wire() + "; " + held(who));
            }
            case OBSERVE ->
                who.reads() ? Optional.empty() : denyTier("tier_required", request, "needs tier read; " + held(who));
            case ACTUATE -> {
                if (who.tier() != Tier.ACTUATE) {
                    yield denyTier("tier_required", request, "needs tier actuate; " + held(who));
                }
                if (request.task().isPresent() && request.operation().orElse(null) instanceof Operation.Pursue) {
                    // Its planner would spend beside the budget of the task.
                    yield denyTier("effect_ceiling", request, "is for direct calls only, and this is a task");
                }
                yield request.task().map(TaskScope::ceiling).orElse(Effect.ACTUATE) == Effect.ACTUATE
                        ? Optional.empty()
                        : denyTier("effect_ceiling", request, "needs effect actuate; this task was ordered to observe");
            }
        };
    }

    private static Optional<Verdict.Deny> denyTier(String code, Request request, String what) {
        if (request.tool().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Verdict.Deny.error(Step.TIER, code, request.call().tool() + " " + what));
    }

    private static String held(Principal who) {
        return "this credential has tier " + who.tier().wire();
    }

    private Optional<Verdict.Deny> tool(Request request) {
        if (request.tool().isEmpty()) {
            return Optional.of(Verdict.Deny.unknownTool(request.call().tool()));
        }
        if (request.effect() == Effect.STOP) {
            return Optional.empty();
        }
        if (request.problem().isPresent()) {
            return Optional.of(new Verdict.Deny(
                    Step.TOOL,
                    "arguments_invalid",
                    "bad_args",
                    ToolResult.Outcome.ERROR,
                    request.problem().get()));
        }
        if (redactor.finds(request.call().arguments())) {
            return Optional.of(
                    Verdict.Deny.error(Step.TOOL, SECRET_IN_ARGUMENTS, "the arguments hold a key or a token"));
        }
        return request.operation().orElse(null) instanceof Operation.Forward forward
                ? ForwardRule.barrier(forward)
                : Optional.empty();
    }

    /** Everything the manifest, the body and the interlock have to say, in the order of robot-md.md 10.6. */
    private Optional<Verdict.Deny> robot(Request request) {
        return switch (request.operation().orElse(null)) {
            case Operation.Run run -> manifest(request).or(() -> run(request, run));
            case Operation.Survey survey
            when !survey.probes().isEmpty() -> manifest(request).or(() -> survey(request, survey));
            case Operation.Pursue() -> manifest(request).or(() -> latch(true));
            case Operation.Write() -> manifest(request);
            case Operation.Clear clear when clear.latchId().isPresent() -> clearing.judge(request);
            case Operation.Forward forward -> forwarded(request, forward);
            case null, default -> Optional.empty();
        };
    }

    private Optional<Verdict.Deny> forwarded(Request request, Operation.Forward forward) {
        var moves = forward.effect() == Effect.ACTUATE;
        return (forward.effect() == Effect.OBSERVE ? Optional.<Verdict.Deny>empty() : usable(request))
                .or(() -> ForwardRule.declared(request, forward))
                .or(() -> latch(moves))
                .or(() -> moves && forward.subject() instanceof Subject.OfCapability(var name)
                        ? Preconditions.denial((Declared.Present) request.declared(), name, true)
                        : Optional.empty());
    }

    private Optional<Verdict.Deny> manifest(Request request) {
        var unusable = usable(request);
        return unusable.isEmpty()
                        && request.effect() != Effect.ADMIN
                        && robot.driver().isEmpty()
                ? Optional.of(manifestDenies("no_backend", "no robot driver is open"))
                : unusable;
    }

    private Optional<Verdict.Deny> usable(Request request) {
        var changes = request.effect() != Effect.OBSERVE;
        if (!(request.declared() instanceof Declared.Present declared)) {
            return Optional.of(manifestDenies("manifest_unreadable", "the manifest cannot be read"));
        }
        if (changes && !declared.valid()) {
            return Optional.of(manifestDenies("manifest_invalid", "the manifest has errors; see the tool validate"));
        }
        if (changes && changed(request, declared)) {
            return Optional.of(manifestChanged());
        }
        return Optional.empty();
    }

    private Optional<Verdict.Deny> run(Request request, Operation.Run run) {
        var declared = (Declared.Present) request.declared();
        var moves = request.effect() == Effect.ACTUATE;
        return known(declared, run)
                .or(() -> latch(moves))
                .or(() -> arguments(run))
                .or(() -> moves
                        ? Preconditions.denial(
                                declared, run.capability(), robot.driver().isPresent())
                        : Optional.empty())
                .or(() -> moves ? limits(request, declared, run) : Optional.empty());
    }

    private Optional<Verdict.Deny> known(Declared.Present declared, Operation.Run run) {
        if (!declared.capabilities().contains(run.capability())) {
            return Optional.of(manifestDenies("not_declared", "the manifest does not declare this capability"));
        }
        return robot.capability(run.capability()).isEmpty()
                ? Optional.of(manifestDenies("not_implemented", "the robot has no such capability"))
                : Optional.empty();
    }

    /** What is certain of a step of a plan before it is its turn (robot-md.md 10.9). */
    Steps.Prospect prospect(Request request) {
        var unfit = tool(request).or(() -> manifest(request));
        if (unfit.isPresent()) {
            return refused(unfit.get());
        }
        // A plan runs capabilities; anything else in it is a defect of ours.
        var run = (Operation.Run) request.operation().orElseThrow();
        var unknown = known((Declared.Present) request.declared(), run).or(() -> arguments(run));
        if (unknown.isPresent()) {
            return refused(unknown.get());
        }
        var ask = hitl.ask(request);
        return new Steps.Prospect.Possible(
                OperationClass.ofCapability(run.capability(), request.effect() == Effect.OBSERVE),
                ask.map(Verdict.Ask::scopes).orElseGet(() -> HitlRule.scopes(request)),
                ask.isPresent());
    }

    private static Steps.Prospect refused(Verdict.Deny deny) {
        return new Steps.Prospect.Refused(deny.reason(), deny.message());
    }

    /** The question to put before this call, if there is one. */
    Optional<Verdict.Ask> question(Request request) {
        return hitl.ask(request);
    }

    private Optional<Verdict.Deny> survey(Request request, Operation.Survey survey) {
        var declared = (Declared.Present) request.declared();
        return ProbeRule.shape(request, declared, survey.probes())
                .or(probes::body)
                .or(() -> latch(true))
                .or(() -> probes.limits(request, declared, survey));
    }

    private boolean changed(Request request, Declared.Present declared) {
        return !declared.sha256().equals(manifest.pin())
                || request.task()
                        .map(task -> !declared.sha256().equals(task.manifestSha256()))
                        .orElse(false);
    }

    private Optional<Verdict.Deny> latch(boolean moves) {
        return moves && robot.interlock().admit() instanceof Admission.Latched
                ? Optional.of(latched())
                : Optional.empty();
    }

    static Verdict.Deny manifestChanged() {
        return Verdict.Deny.blocked(
                Step.MANIFEST,
                "manifest_changed",
                "manifest_changed",
                "the manifest changed; nothing moves until the operator reloads it");
    }

    /** A stop that came and was cleared again still ends what had begun before it. */
    static Verdict.Deny stopped() {
        return Verdict.Deny.blocked(
                Step.INTERLOCK, "estop_latched", "estop_set", "the robot was stopped since; nothing goes on by itself");
    }

    static Verdict.Deny latched() {
        return Verdict.Deny.blocked(
                Step.INTERLOCK, "estop_latched", "estop_set", "the robot is stopped; a person must clear the stop");
    }

    private Optional<Verdict.Deny> arguments(Operation.Run run) {
        var schema = capabilitySchemas.get(run.capability());
        var problem = schema == null ? Optional.of("no schema") : schema.problem(run.arguments());
        return problem.map(text -> new Verdict.Deny(
                Step.MANIFEST,
                "arguments_invalid",
                schema == null ? "no_schema" : "bad_args",
                ToolResult.Outcome.ERROR,
                text));
    }

    private Optional<Verdict.Deny> limits(Request request, Declared.Present declared, Operation.Run run) {
        // A body that cannot plan checks on its way; only a dry run is not to be had from it (robot-md.md 10.6).
        return robot.check(command(request, declared, run)) instanceof Plan.Infeasible(var reason, var message)
                        && (run.dryRun() || !reason.equals("dry_run_unsupported"))
                ? Optional.of(
                        new Verdict.Deny(Step.MANIFEST, limitCode(reason), reason, ToolResult.Outcome.ERROR, message))
                : Optional.empty();
    }

    private static Command command(Request request, Declared.Present declared, Operation.Run run) {
        return new Command(request.call().id(), run.capability(), run.arguments(), declared.envelope(), run.dryRun());
    }

    static String limitCode(String reason) {
        return switch (reason) {
            case "limit_missing", "limit_unenforced" -> "limit_missing";
            default -> "limit_exceeded";
        };
    }

    private Optional<Verdict> approval(Request request) {
        return request.effect() == Effect.STOP
                ? Optional.empty()
                : hitl.ask(request).map(Verdict.class::cast);
    }

    /** What a person who agrees, and whoever gets the result, should know of a call that is not refused (robot-md.md 10.1). */
    List<String> warnings(Request request) {
        var warnings = new ArrayList<String>();
        hitl.gap(request).ifPresent(warnings::add);
        if (request.operation().orElse(null) instanceof Operation.Forward forward) {
            warnings.addAll(ForwardRule.warnings(request, forward));
        }
        if (request.operation().orElse(null) instanceof Operation.Run run) {
            robot.capability(run.capability())
                    .filter(capability -> capability.readOnly() && !capability.observing())
                    .ifPresent(capability ->
                            warnings.add(capability.name() + ": the driver calls this read-only, and is not believed"));
            if (request.effect() == Effect.ACTUATE
                    && request.declared() instanceof Declared.Present declared
                    && robot.check(command(request, declared, run)) instanceof Plan.Feasible plan) {
                warnings.addAll(plan.warnings());
            }
        }
        return warnings;
    }

    private Optional<Verdict> lease(Request request) {
        if (request.effect() != Effect.ACTUATE || request.task().isEmpty()) {
            return Optional.empty();
        }
        return lease.heldBy(request.task().get())
                ? Optional.empty()
                : Optional.of(Verdict.Deny.blocked(
                        Step.LEASE, "lease_lost", "busy", "this task does not hold the right to move the robot"));
    }

    private static Verdict.Deny manifestDenies(String code, String message) {
        return Verdict.Deny.error(Step.MANIFEST, code, message);
    }

    /** Largest arguments looked at at all. */
    static boolean tooLarge(ObjectNode arguments) {
        return arguments.toString().length() > MAX_ARGUMENTS;
    }
}
