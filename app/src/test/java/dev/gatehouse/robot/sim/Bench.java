package dev.gatehouse.robot.sim;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.Axis;
import dev.gatehouse.manifest.Range;
import dev.gatehouse.robot.Box;
import dev.gatehouse.robot.Command;
import dev.gatehouse.robot.Envelope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ObjectNode;

/** The arm, the limits and the scene of {@code examples/sim-arm}. */
public final class Bench {
    public static final ArmGeometry ARM = new ArmGeometry(
            "bench-arm",
            List.of(
                    joint("base_yaw", Axis.Z, 0, 60, -170, 170),
                    joint("shoulder", Axis.Y, 120, 0, -20, 110),
                    joint("elbow", Axis.Y, 120, 0, -130, 20),
                    joint("wrist_pitch", Axis.Y, 60, 0, -110, 110),
                    joint("wrist_roll", Axis.X, 0, 0, -180, 180)),
            30,
            60);

    public static final Box WORKSPACE = new Box(new Range(40, 320), new Range(-220, 220), new Range(5, 260));

    private Bench() {}

    public static Envelope envelope() {
        return envelope(90, 0.5, 0.25, WORKSPACE);
    }

    public static Envelope envelope(double jointDps, double toolMs, double payloadKg, Box workspace) {
        return new Envelope(
                OptionalDouble.of(jointDps),
                OptionalDouble.empty(),
                OptionalDouble.of(toolMs),
                OptionalDouble.of(payloadKg),
                Optional.of(workspace),
                limits());
    }

    public static Map<String, Range> limits() {
        var limits = new LinkedHashMap<String, Range>();
        ARM.joints().forEach(j -> limits.put(j.name(), j.limitsDeg()));
        return limits;
    }

    public static SimScene scene() {
        try {
            return SceneFile.parse(Files.readString(Path.of("..", "examples", "sim-arm", "scene.yaml")));
        } catch (IOException | ConfigException e) {
            throw new IllegalStateException("the example scene is broken", e);
        }
    }

    public static Command command(String capability, ObjectNode args) {
        return new Command("req-" + capability, capability, args, envelope(), false);
    }

    public static Command command(String capability, String target) {
        return command(capability, Json.object().put("target", target));
    }

    public static Command command(String capability) {
        return command(capability, Json.object());
    }

    public static Command reach(double x, double y, double z) {
        return command("arm.reach", Json.object().put("x", x).put("y", y).put("z", z));
    }

    private static JointSpec joint(String name, Axis axis, double a, double d, double min, double max) {
        return new JointSpec(name, axis, a, d, new Range(min, max), JointSpec.DEFAULT_SPEED_DPS);
    }
}
