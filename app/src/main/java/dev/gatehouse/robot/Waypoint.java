package dev.gatehouse.robot;

import dev.gatehouse.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where one phase of a motion ends.
 *
 * @param phase such as {@code approach}
 * @param jointsDeg by joint name, in the arm's order
 */
public record Waypoint(String phase, Map<String, Double> jointsDeg, Point tip) {
    public Waypoint {
        jointsDeg = new LinkedHashMap<>(jointsDeg);
    }

    @Override
    public Map<String, Double> jointsDeg() {
        return new LinkedHashMap<>(jointsDeg);
    }

    /** {@code {phase, joints_deg, tip_mm}}. */
    public ObjectNode json() {
        var joints = Json.object();
        jointsDeg.forEach((name, degrees) -> joints.put(name, Round.hundredths(degrees)));
        var node = Json.object().put("phase", phase);
        node.set("joints_deg", joints);
        node.set("tip_mm", tip.json());
        return node;
    }
}
