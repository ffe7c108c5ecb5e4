package dev.gatehouse.robotmd;

import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.Planning;
import dev.gatehouse.robot.Probe;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.time.TimeLimit;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Invocation;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.Steps;
import dev.gatehouse.tool.Steps.Prospect;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;

/**
 * The tool {@code execute_task}: has a model plan towards a goal and carries the plan out (robot-md.md 10.9).
 *
 * <p>It moves nothing itself. Every step goes through the door as a call of {@code execute_capability} of its own, so whatever a model
 * was talked into, a step is worth no more than the same call of the caller.
 */
final class TaskTool {
    private static final int MAX_PROMPT = 10_000;
    private static final String PROVIDER = "anthropic";
    /** A planner that is cut is not waited for: it has nothing to put in order. */
    private static final Duration NO_PATIENCE = Duration.ZERO;

    private final Robot robot;
    private final Planner planner;
    private final Ticker ticker;
    private final KeptPlans plans;

    TaskTool(Robot robot, Planner planner, Ticker ticker) {
        this.robot = robot;
        this.planner = planner;
        this.ticker = ticker;
        this.plans = new KeptPlans(ticker);
    }

    Tool tool() {
        var schema = new Schemas()
                .text("prompt", MAX_PROMPT, "The goal, in words.")
                .any("context", "Whatever may help to plan; the planner takes it for data, not for orders.")
                .flag("dry_run", "Only plan: says what would be done and which steps need a person.")
                .text(
                        "plan_id",
                        128,
                        "Carries out exactly the plan that was answered with this id, without planning again.")
                .confirmToken()
                .object(
                        "step_tokens",
                        "One-time tokens by the number of the step, from \"0\"; for steps with an approval_id.")
                .closed(List.of("prompt"));
        return new Tool(
                "execute_task",
                "Plan and carry out a task",
                "Has a plan made towards a goal and carries it out step by step. Every step is checked like a call of"
                        + " execute_capability. If a step needs a person, nothing is done yet: the answer shows the whole plan, and"
                        + " the call is repeated with its plan_id and the tokens that people gave.",
                Effect.ACTUATE,
                Effect.ACTUATE,
                Tool.Hints.MOVES,
                schema,
                Optional.of(Schemas.result("ok", "blocked", "error", "no_target", "unreachable")),
                arguments -> new Operation.Pursue(),
                this::run);
    }

    private ToolResult run(Invocation invocation) throws InterruptedException {
        var report = new TaskReport();
        var id = invocation.call().arguments().optional("plan_id").map(text -> text.asString(""));
        return id.isPresent() ? resume(invocation, id.get(), report) : plan(invocation, report);
    }

    private ToolResult resume(Invocation invocation, String id, TaskReport report) throws InterruptedException {
        var plan = plans.find(invocation.by(), id);
        if (plan.isEmpty()) {
            return report.error("unknown_plan", "there is no such plan of this caller, or it is too old; plan again");
        }
        var manifest = steps(invocation).manifest();
        if (!plan.get().manifestSha256().equals(manifest.sha256())) {
            return report.blocked("manifest_changed", "the plan was made under another manifest; plan again");
        }
        return carryOut(invocation, plan.get(), manifest.planning().orElseThrow(), true, report);
    }

    private ToolResult plan(Invocation invocation, TaskReport report) throws InterruptedException {
        var manifest = steps(invocation).manifest();
        var planning = manifest.planning();
        if (planning.isEmpty()) {
            return report.error("no_planner_declared", "the manifest names no brain.planning.provider");
        }
        if (!planning.get().provider().equals(PROVIDER)) {
            return report.error("unsupported_provider", "brain.planning.provider must be " + PROVIDER);
        }
        var reply = asked(invocation, planning.get());
        var overtaken = steps(invocation).overtaken();
        if (overtaken.isPresent()) {
            return report.blocked(overtaken.get().reason(), overtaken.get().message());
        }
        if (reply.isEmpty()) {
            return report.blocked("timeout", "the planner did not answer in time");
        }
        return switch (reply.get()) {
            case Planner.Reply.Failed(var message) -> report.error("planner_call_failed", message);
            case Planner.Reply.Proposed(var proposed, var rehearsed) -> {
                if (rehearsed) {
                    report.rehearsed();
                }
                var plan = Plan.of(proposed, manifest.sha256());
                yield plan.isPresent()
                        ? carryOut(invocation, plan.get(), planning.get(), false, report)
                        : report.error(
                                "malformed_plan",
                                "the planner gave no list of 1 to " + Plan.MAX_STEPS
                                        + " steps with capability, args and confidence");
            }
        };
    }

    /** The planner's reply; empty if it took too long. */
    private Optional<Planner.Reply> asked(Invocation invocation, Planning planning) throws InterruptedException {
        var steps = steps(invocation);
        var arguments = invocation.call().arguments();
        var untrusted = Json.object();
        robot.driver().ifPresent(driver -> untrusted.set("scene", driver.scene().json()));
        arguments.optional("context").ifPresent(context -> untrusted.set("context", context));
        var question = new Planner.Question(
                planning.model(), arguments.path("prompt").asString(), capabilities(steps.manifest()), untrusted);
        var limit = Deadline.in(planning.timeout(), ticker);
        var came = new TimeLimit(ticker, NO_PATIENCE).run(() -> planner.plan(question, steps.payer()), limit, () -> {});
        return switch (came) {
            // A call that was cut may still come back, as one that failed.
            case TimeLimit.Result.Done<Planner.Reply>(var reply) ->
                reply instanceof Planner.Reply.Failed && limit.passed() ? Optional.empty() : Optional.of(reply);
            case TimeLimit.Result.Failed<Planner.Reply>(var cause) ->
                throw new IllegalStateException("a planner answers, or is interrupted", cause);
            case TimeLimit.Result.Cut<Planner.Reply>(var ended) -> {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                yield Optional.empty();
            }
        };
    }

    /** What the planner may choose from; the probe belongs to the tool discover. */
    private ArrayNode capabilities(Manifest manifest) {
        var list = Json.array();
        var declared = manifest.capabilities();
        for (var capability : robot.capabilities()) {
            if (declared.contains(capability.name()) && !capability.name().equals(Probe.CAPABILITY)) {
                list.addObject()
                        .put("capability", capability.name())
                        .put("description", capability.description())
                        .set("args", capability.argumentSchema());
            }
        }
        return list;
    }

    /**
     * Carries a plan out, or says why not.
     *
     * @param shown whether the caller has seen it and asks for exactly this one
     */
    private ToolResult carryOut(Invocation invocation, Plan plan, Planning planning, boolean shown, TaskReport report)
            throws InterruptedException {
        report.proposed(plan);
        var steps = steps(invocation);
        var gated = new ArrayList<Integer>();
        for (var i = 0; i < plan.steps().size(); i++) {
            var step = plan.steps().get(i);
            switch (steps.look(step(plan, i, gated))) {
                case Prospect.Refused(var reason, var message) -> {
                    return refused(report, i, reason, message);
                }
                case Prospect.Possible possible -> {
                    var least = planning.threshold(step.capability(), possible.operationClass());
                    if (step.confidence() < least) {
                        return report.refused(
                                ToolResult.Outcome.BLOCKED,
                                "low_confidence",
                                "the planner is not sure enough of step " + i,
                                Json.object().put("step", i).put("threshold", least));
                    }
                    report.gate(i, possible);
                    if (possible.asked()) {
                        gated.add(i);
                    }
                }
            }
        }
        if (!shown) {
            plans.keep(invocation.by(), plan);
        }
        report.kept(plan.id());
        if (invocation.call().arguments().path("dry_run").booleanValue(false)) {
            return report.ok();
        }
        var unanswered = gated.stream()
                .map(number -> step(plan, number, gated))
                .filter(step -> !shown || !steps.carriesToken(step))
                .toList();
        return unanswered.isEmpty() ? run(invocation, plan, gated, report) : ask(steps, unanswered, report);
    }

    private static ToolResult refused(TaskReport report, int number, String reason, String message) {
        var shown = switch (reason) {
            case "not_declared", "not_implemented" -> "unknown_capability";
            default -> reason;
        };
        return report.refused(
                ToolResult.Outcome.ERROR, shown, message, Json.object().put("step", number));
    }

    /** The whole plan is shown before anything of it happens. */
    private static ToolResult ask(Steps steps, List<Steps.Step> unanswered, TaskReport report) {
        var ids = Json.object();
        for (var step : unanswered) {
            steps.ask(step).ifPresent(id -> {
                report.asked(step.number(), id);
                ids.put(String.valueOf(step.number()), id);
            });
        }
        var detail = Json.object();
        detail.set("approval_ids", ids);
        return report.refused(
                ToolResult.Outcome.BLOCKED,
                "hitl_gate",
                "steps of this plan need a person to agree; call again with plan_id and step_tokens",
                detail);
    }

    private ToolResult run(Invocation invocation, Plan plan, List<Integer> gated, TaskReport report)
            throws InterruptedException {
        for (var i = 0; i < plan.steps().size(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            var end = report.executed(i, steps(invocation).run(step(plan, i, gated)));
            if (end.isPresent()) {
                return end.get();
            }
        }
        return report.ok();
    }

    private static Steps.Step step(Plan plan, int number, List<Integer> gated) {
        var step = plan.steps().get(number);
        var arguments = Json.object().put("capability", step.capability());
        arguments.set("args", step.args());
        return new Steps.Step(
                plan.id(), number, gated.equals(List.of(number)), RobotTools.EXECUTE_CAPABILITY, arguments);
    }

    private static Steps steps(Invocation invocation) {
        return invocation.steps().orElseThrow();
    }
}
