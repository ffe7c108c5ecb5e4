package dev.gatehouse.demo;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.config.YamlValue;
import dev.gatehouse.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where the cube is meant to end up, as the scene file says it, independent of what any model claims.
 *
 * @param x millimetres ahead of the arm's foot
 * @param y millimetres to its left
 * @param sizeMm length of an edge
 */
record Bin(double x, double y, double sizeMm) {
    private static final String CUBE = "red_cube";

    static Bin of(Path scene) throws ConfigException {
        for (var place : StrictYaml.read(scene, YamlValue::jsonObject).path("places")) {
            if (place.path("id").asString("").equals("green_bin")) {
                var at = place.path("position_mm");
                return new Bin(
                        at.path(0).asDouble(0),
                        at.path(1).asDouble(0),
                        place.path("size_mm").asDouble(0));
            }
        }
        throw new ConfigException(scene + ": the demonstration needs a place green_bin");
    }

    /** Looks for the cube through the robot's own camera. */
    Sight look(Stage stage) throws IOException, InterruptedException {
        var arguments = Json.object().put("capability", "vision.describe");
        var _ = arguments.putObject("args");
        var answer = stage.call(Person.BOB, "execute_capability", arguments);
        for (var detection : answer.path("result").findPath("detections")) {
            if (detection.path("id").asString("").equals(CUBE)) {
                var at = detection.path("position_mm");
                var distance = Math.hypot(at.path(0).asDouble(0) - x, at.path(1).asDouble(0) - y);
                return new Sight(
                        distance <= sizeMm / 2,
                        String.format(
                                Locale.ROOT,
                                "the camera sees the red cube %.0f mm from the middle of the green bin",
                                distance));
            }
        }
        return new Sight(false, "the camera does not see the red cube");
    }

    /**
     * Where the cube is seen.
     *
     * @param inside whether that is in the bin
     */
    record Sight(boolean inside, String words) {}
}
