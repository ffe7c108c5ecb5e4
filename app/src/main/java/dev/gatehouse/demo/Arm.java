package dev.gatehouse.demo;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * How the arm stands, as the tool {@code status} reports it.
 *
 * @param degrees by name of the joint
 * @param holding id of what the gripper holds; empty for nothing
 */
record Arm(Map<String, Double> degrees, boolean moving, String holding) {
    Arm {
        degrees = new TreeMap<>(degrees);
    }

    /** Reads the answer of {@code POST /v1/tools/status}. */
    static Arm of(JsonNode answer) {
        var state = answer.path("result").path("state");
        var degrees = new TreeMap<String, Double>();
        state.path("joints")
                .forEach(joint -> degrees.put(
                        joint.path("name").asString(""),
                        joint.path("position_deg").asDouble(Double.NaN)));
        return new Arm(
                degrees,
                state.path("moving").asBoolean(true),
                state.path("holding").asString(""));
    }

    /** Whether it stands at rest, as it stood before, to the hundredth of a degree in every joint. */
    boolean restsAs(Arm before) {
        return !moving && !degrees.isEmpty() && degrees.equals(before.degrees);
    }

    /** The farthest any joint is from where it was. */
    double farthestFrom(Arm before) {
        return degrees.entrySet().stream()
                .mapToDouble(e -> Math.abs(e.getValue() - before.degrees.getOrDefault(e.getKey(), 0.0)))
                .max()
                .orElse(0);
    }

    /** The joints on one line. */
    String joints() {
        var out = new StringBuilder();
        degrees.forEach((name, angle) ->
                out.append(out.isEmpty() ? "" : ", ").append(name).append(String.format(Locale.ROOT, " %.2f", angle)));
        return out.toString();
    }
}
