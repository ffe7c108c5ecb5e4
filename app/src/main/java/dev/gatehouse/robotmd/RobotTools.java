package dev.gatehouse.robotmd;

import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.robot.Command;
import dev.gatehouse.robot.Outcome;
import dev.gatehouse.robot.Probe;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Invocation;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolResult;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tools that reach the robot itself (robot-md.md section 10). */
public final class RobotTools {
    static final String EXECUTE_CAPABILITY = "execute_capability";

    private final Robot robot;
    private final Vision vision;
    private final DiscoverTool discover;
    private final ClearTool clear;
    private final SkillTool skill;
    private final TaskTool task;

    /**
     * The tools of one robot.
     *
     * @param clearing opens the latch, with a record
     * @param book where skills are remembered
     * @param planner who plans tasks
     */
    public RobotTools(
            ManifestFile file, Robot robot, Clearing clearing, SkillBook book, Planner planner, Ticker ticker) {
        this.robot = robot;
        this.vision = new Vision(file, robot);
        this.discover = new DiscoverTool(file, robot, vision);
        this.clear = new ClearTool(robot.interlock(), clearing);
        this.skill = new SkillTool(book);
        this.task = new TaskTool(robot, planner, ticker);
    }

    public List<Tool> tools() {
        return List.of(
                status(),
                visionFind(),
                discover.tool(),
                executeCapability(),
                task.tool(),
                skill.tool(),
                estop(robot),
                clear.tool());
    }

    /** The stop and its clearing, which are the house's own whoever moves the robot. */
    public static List<Tool> stops(Robot robot, Clearing clearing) {
        return List.of(estop(robot), new ClearTool(robot.interlock(), clearing).tool());
    }

    private Tool status() {
        return new Tool(
                "status",
                "State of the robot",
                "Joint positions, what the gripper holds, whether it moves, faults, and whether the stop is set.",
                Effect.OBSERVE,
                Effect.OBSERVE,
                Tool.Hints.READS,
                Schemas.ignored(),
                Optional.empty(),
                arguments -> new Operation.Read(),
                invocation -> ToolResult.ok(robot.describe()));
    }

    private Tool visionFind() {
        var schema = new Schemas()
                .text("descriptor_id", 64, "Which declared object to look for; see vision.object_descriptors.")
                .confirmToken()
                .closed(List.of("descriptor_id"));
        return new Tool(
                "vision_find",
                "Look for an object",
                "Looks for one declared object with the robot's camera and says where it is.",
                Effect.OBSERVE,
                Effect.OBSERVE,
                Tool.Hints.READS,
                schema,
                Optional.of(Schemas.result("ok", "not_found", "blocked", "error")),
                arguments -> new Operation.Look(arguments.path("descriptor_id").asString()),
                invocation -> vision.find(((Operation.Look) invocation.operation()).descriptor()));
    }

    private Tool executeCapability() {
        var schema = new Schemas()
                .text("capability", 128, "Exact name of a declared capability, for example arm.pick.")
                .object("args", "Arguments of the capability; see capabilities in status and their schemas below.")
                .flag("dry_run", "Only plan and check it; nothing moves.")
                .confirmToken()
                .closed(List.of("capability"));
        return new Tool(
                EXECUTE_CAPABILITY,
                "Run a capability",
                description(),
                Effect.OBSERVE,
                Effect.ACTUATE,
                Tool.Hints.MOVES,
                schema,
                Optional.of(Schemas.result("ok", "blocked", "error", "no_target", "unreachable")),
                RobotTools::run,
                this::execute);
    }

    private String description() {
        var text = new StringBuilder("Runs one declared capability of the robot and waits for its end. Capabilities:");
        for (var capability : robot.capabilities()) {
            if (capability.name().equals(Probe.CAPABILITY)) {
                continue; // The tool discover is its own way to that one.
            }
            text.append("\n- ")
                    .append(capability.name())
                    .append(": ")
                    .append(capability.description())
                    .append(" args: ")
                    .append(Json.line(capability.argumentSchema().path("properties")));
        }
        return text.toString();
    }

    private static Operation run(ObjectNode arguments) {
        var args = arguments.get("args") instanceof ObjectNode given ? given.deepCopy() : Json.object();
        return new Operation.Run(
                arguments.path("capability").asString(),
                args,
                arguments.path("dry_run").booleanValue(false));
    }

    private ToolResult execute(Invocation invocation) throws InterruptedException {
        var run = (Operation.Run) invocation.operation();
        var command = new Command(
                invocation.call().id(), run.capability(), run.arguments(), invocation.envelope(), run.dryRun());
        var outcome = invocation.permit().isPresent()
                ? robot.run(command, invocation.permit().get(), invocation.progress())
                : robot.observe(command);
        return result(outcome);
    }

    private static ToolResult result(Outcome outcome) {
        var out = Json.object().put("status", outcome.status().word());
        outcome.reason()
                .ifPresentOrElse(
                        reason -> out.putObject("error").put("reason", reason).put("message", outcome.message()),
                        () -> out.putNull("error"));
        out.put("message", outcome.message());
        out.set("trajectory", array(outcome.trajectory()));
        out.set("events", array(outcome.events()));
        return ToolResult.of(ended(outcome), out);
    }

    private static ToolResult.Outcome ended(Outcome outcome) {
        var stopped = outcome.reason().equals(Optional.of("estop"))
                || outcome.reason().equals(Optional.of("stopped"));
        return switch (outcome.status()) {
            case OK -> ToolResult.Outcome.OK;
            case BLOCKED -> stopped ? ToolResult.Outcome.ABORTED : ToolResult.Outcome.BLOCKED;
            case ERROR, NO_TARGET, UNREACHABLE -> ToolResult.Outcome.ERROR;
        };
    }

    private static JsonNode array(List<JsonNode> items) {
        var out = Json.array();
        items.forEach(out::add);
        return out;
    }

    private static Tool estop(Robot robot) {
        return new Tool(
                "estop",
                "Stop the robot",
                "Stops the robot at once and keeps it stopped until a person clears it. Always allowed.",
                Effect.STOP,
                Effect.STOP,
                new Tool.Hints(false, false, true),
                Schemas.ignored(),
                Optional.of(Schemas.result("ok", "error")),
                arguments -> new Operation.Stop(),
                invocation -> {
                    var report = robot.interlock().stop(invocation.by(), "tool estop");
                    var out = Json.object().put("ok", true);
                    report.latch()
                            .ifPresent(latch -> out.put("set_at", latch.since().toString()));
                    out.put("was_set", report.repeated());
                    var sent = report.stop();
                    var stop = out.putObject("stop").put("sent", sent.issuedMs().isPresent());
                    stop.put("confirmed", sent.acked());
                    sent.ackMs().ifPresentOrElse(ms -> stop.put("elapsed_ms", ms), () -> stop.putNull("elapsed_ms"));
                    return ToolResult.ok(out);
                });
    }
}
