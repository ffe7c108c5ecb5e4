package dev.gatehouse.robotmd;

import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.robot.Outcome;
import dev.gatehouse.robot.Permit;
import dev.gatehouse.robot.Probe;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Invocation;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.SurveyStep;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tool {@code discover}: finds out how the camera and the joints lie to each other, step by step (robot-md.md 10.12). */
final class DiscoverTool {
    private static final int MAX_STEPS = 32;

    private final ManifestFile file;
    private final Robot robot;
    private final Vision vision;

    DiscoverTool(ManifestFile file, Robot robot, Vision vision) {
        this.file = file;
        this.robot = robot;
        this.vision = vision;
    }

    Tool tool() {
        return new Tool(
                "discover",
                "Find out how camera and joints lie",
                "Takes pictures, looks for declared objects, and turns a joint a little and back to see which way the picture"
                        + " moves. With a step probe_direction it moves the robot and is judged like any other motion.",
                // A list does not know the arguments, and there it counts as a motion (dispatcher.md 6.2).
                Effect.ACTUATE,
                Effect.ACTUATE,
                Tool.Hints.MOVES,
                schema(),
                Optional.of(Schemas.result("ok", "not_found", "blocked", "error", "no_target", "unreachable")),
                DiscoverTool::survey,
                this::run);
    }

    private static ObjectNode schema() {
        var step = Json.object().put("type", "object").put("minProperties", 1).put("maxProperties", 1);
        var kinds = step.putObject("properties");
        kinds.set("capture", new Schemas().closed(List.of()));
        var detect = new Schemas().closed(List.of("descriptors"));
        var ids =
                ((ObjectNode) detect.get("properties")).putObject("descriptors").put("type", "array");
        ids.put("minItems", 1).put("maxItems", MAX_STEPS);
        ids.putObject("items").put("type", "string").put("minLength", 1).put("maxLength", 64);
        kinds.set("detect", detect);
        var probe = new Schemas()
                .text("joint", 64, "Declared joint; without one " + Probe.DEFAULT_JOINT + ".")
                .closed(List.of());
        var delta = ((ObjectNode) probe.get("properties")).putObject("delta").put("type", "integer");
        delta.put("minimum", -Probe.MAX_STEPS).put("maximum", Probe.MAX_STEPS);
        delta.putObject("not").put("const", 0);
        delta.put("description", "Encoder steps; without it " + Probe.DEFAULT_STEPS + ".");
        kinds.set("probe_direction", probe);
        step.put("additionalProperties", false);
        var schema = new Schemas().confirmToken().closed(List.of("steps"));
        var steps = ((ObjectNode) schema.get("properties")).putObject("steps").put("type", "array");
        steps.put("minItems", 1).put("maxItems", MAX_STEPS);
        steps.put("description", "Objects with one member each: capture, detect or probe_direction.");
        steps.set("items", step);
        return schema;
    }

    private static Operation survey(ObjectNode arguments) {
        var steps = new ArrayList<SurveyStep>();
        for (var item : arguments.path("steps")) {
            if (item.has("capture")) {
                steps.add(new SurveyStep.Capture());
            } else if (item.has("detect")) {
                var ids = new ArrayList<String>();
                item.path("detect").path("descriptors").forEach(id -> ids.add(id.asString("")));
                steps.add(new SurveyStep.Detect(ids));
            } else {
                steps.add(new SurveyStep.Turn(
                        Probe.of(item.path("probe_direction")).orElseThrow()));
            }
        }
        return new Operation.Survey(steps);
    }

    /** What one step came to; {@code shown} stands in the results under the name of the step. */
    private record Done(String status, @Nullable JsonNode error, ObjectNode shown) {
        static Done ok(ObjectNode shown) {
            return new Done("ok", null, shown);
        }

        static Done refused(String status, String reason, String message) {
            var shown = Json.object().put("status", status);
            var error = shown.putObject("error").put("reason", reason).put("message", message);
            return new Done(status, error, shown);
        }

        /** How bad it is: the worst step names the whole. */
        int rank() {
            return switch (status) {
                case "ok", "not_found" -> 0;
                case "blocked" -> 2;
                default -> 1;
            };
        }
    }

    private ToolResult run(Invocation invocation) throws InterruptedException {
        var steps = ((Operation.Survey) invocation.operation()).steps();
        var out = Json.object().put("status", "ok");
        out.putNull("error");
        var results = out.putObject("results");
        var list = out.putArray("step_results");
        var events = out.putArray("events");
        var permit = invocation.permit();
        Done worst = Done.ok(Json.object());
        for (var i = 0; i < steps.size() && worst.rank() < 2; i++) {
            var step = steps.get(i);
            invocation.progress().report(i, steps.size(), step.word());
            events.add(Outcome.event("discover.step.begin", event(i, step)));
            var done = step(step, invocation, permit);
            events.add(Outcome.event("discover.step.end", event(i, step).put("status", done.status())));
            if (step instanceof SurveyStep.Turn) {
                permit = permit.map(Permit::next);
            }
            if (!results.has(step.word())) {
                results.set(step.word(), done.shown());
            }
            list.addObject()
                    .put("step", step.word())
                    .put("status", done.status())
                    .setAll(done.shown());
            worst = done.rank() > worst.rank() ? done : worst;
        }
        out.put("status", worst.status());
        out.set("error", worst.error());
        return ToolResult.of(ended(worst), out);
    }

    private static ObjectNode event(int index, SurveyStep step) {
        return Json.object().put("index", index).put("step", step.word());
    }

    private static ToolResult.Outcome ended(Done worst) {
        return switch (worst.rank()) {
            case 0 -> ToolResult.Outcome.OK;
            case 2 -> {
                var reason = worst.error() == null
                        ? ""
                        : worst.error().path("reason").asString("");
                yield reason.equals("estop") || reason.equals("stopped")
                        ? ToolResult.Outcome.ABORTED
                        : ToolResult.Outcome.BLOCKED;
            }
            default -> ToolResult.Outcome.ERROR;
        };
    }

    private Done step(SurveyStep step, Invocation invocation, Optional<Permit> permit) throws InterruptedException {
        return switch (step) {
            case SurveyStep.Capture() -> capture();
            case SurveyStep.Detect detect -> detect(detect.descriptors());
            case SurveyStep.Turn turn -> turn(turn.probe(), invocation, permit.orElseThrow());
        };
    }

    private Done capture() {
        if (robot.driver().isEmpty()) {
            return Done.refused("error", "no_backend", "no robot driver is open");
        }
        return robot.driver()
                .get()
                .frame()
                .map(frame -> {
                    var shown = Json.object().put("status", "ok");
                    shown.putArray("shape")
                            .add(frame.height())
                            .add(frame.width())
                            .add(frame.channels());
                    return Done.ok(shown);
                })
                .orElseGet(() -> Done.refused("error", "no_frame", "the camera gave no picture"));
    }

    private Done detect(List<String> descriptors) {
        var shown = Json.object();
        var status = "ok";
        JsonNode error = null;
        for (var descriptor : descriptors) {
            var found = vision.find(descriptor).structured().orElseThrow();
            found.remove(List.of("descriptor", "depth_mm", "depth_reason", "camera_xyz_mm"));
            shown.set(descriptor, found);
            if (found.path("status").asString("").equals("error") && error == null) {
                status = "error";
                error = found.path("error");
            }
        }
        var whole = Json.object();
        whole.set("descriptors", shown);
        return new Done(status, error, whole);
    }

    private Done turn(Probe probe, Invocation invocation, Permit permit) throws InterruptedException {
        if (!(file.read() instanceof Manifest manifest)) {
            return Done.refused("blocked", "manifest_changed", "the manifest cannot be read any more");
        }
        var command = probe.command(invocation.call().id(), manifest.kinematics(), invocation.envelope());
        if (command.isEmpty()) {
            return Done.refused(
                    "error", "no_position_read", "the manifest does not tell how far a step turns the joint");
        }
        var outcome = robot.run(command.get(), permit, invocation.progress());
        if (outcome.status() != Outcome.Status.OK) {
            return Done.refused(outcome.status().word(), outcome.reason().orElse("internal"), outcome.message());
        }
        for (var event : outcome.events()) {
            if (event.path("kind").asString("").equals(Probe.EVENT)) {
                return Done.ok(seen(probe, event.path("data").path("px_shift")));
            }
        }
        return Done.refused("error", "no_motion_detected", "the picture did not move with the joint");
    }

    private static ObjectNode seen(Probe probe, JsonNode shift) {
        var du = shift.path(0).asDouble(0);
        var dv = shift.path(1).asDouble(0);
        var shown =
                Json.object().put("status", "ok").put("joint", probe.joint()).put("delta", probe.deltaSteps());
        shown.set("px_shift", shift);
        var sideways = Math.abs(du) >= Math.abs(dv);
        shown.put("direction", sideways ? (du > 0 ? "right" : "left") : (dv > 0 ? "down" : "up"));
        return shown.put("px_per_step", Math.hypot(du, dv) / Math.abs(probe.deltaSteps()));
    }
}
