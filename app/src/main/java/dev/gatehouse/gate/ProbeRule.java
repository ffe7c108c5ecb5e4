package dev.gatehouse.gate;

import dev.gatehouse.manifest.Kinematics;
import dev.gatehouse.robot.Plan;
import dev.gatehouse.robot.Probe;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.ToolResult;
import java.util.List;
import java.util.Optional;

/** What the manifest and the body have to say to the probes of a survey, before any of its steps runs (robot-md.md 10.12). */
final class ProbeRule {
    private final Robot robot;

    ProbeRule(Robot robot) {
        this.robot = robot;
    }

    /** Refuses what names no joint or goes farther than allowed, whoever carries it out. */
    static Optional<Verdict.Deny> shape(Request request, Declared.Present declared, List<Probe> probes) {
        var maxSteps = request.policy().probeSteps();
        var kinematics = declared.manifest().kinematics();
        for (var probe : probes) {
            if (!probe.declared(kinematics)) {
                return bad("the manifest declares no joint named " + probe.joint());
            }
            if (Math.abs(probe.deltaSteps()) > maxSteps) {
                return bad("a probe goes " + maxSteps + " encoder steps at most");
            }
        }
        return Optional.empty();
    }

    /** Refuses what this body cannot do at all. */
    Optional<Verdict.Deny> body() {
        return robot.capability(Probe.CAPABILITY).isPresent()
                ? Optional.empty()
                : Optional.of(Verdict.Deny.error(Step.MANIFEST, "not_implemented", "the robot cannot probe a joint"));
    }

    /** Refuses what a joint may not do. Each probe comes back to where it began, so each can be judged from where the robot stands. */
    Optional<Verdict.Deny> limits(Request request, Declared.Present declared, Operation.Survey survey) {
        var kinematics = declared.manifest().kinematics();
        for (var probe : survey.probes()) {
            var plan = plan(request, declared, kinematics, probe);
            if (plan instanceof Plan.Infeasible(var reason, var message) && !reason.equals("dry_run_unsupported")) {
                return Optional.of(new Verdict.Deny(
                        Step.MANIFEST, Rules.limitCode(reason), reason, ToolResult.Outcome.ERROR, message));
            }
        }
        return Optional.empty();
    }

    private Plan plan(Request request, Declared.Present declared, Kinematics kinematics, Probe probe) {
        return probe.command(request.call().id(), kinematics, declared.envelope())
                .map(robot::check)
                .orElseGet(() -> new Plan.Infeasible(
                        "no_position_read", "the manifest does not tell how far an encoder step turns a joint"));
    }

    private static Optional<Verdict.Deny> bad(String message) {
        return Optional.of(
                new Verdict.Deny(Step.MANIFEST, "arguments_invalid", "bad_args", ToolResult.Outcome.ERROR, message));
    }
}
