package dev.gatehouse.robot;

import dev.gatehouse.json.Json;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ObjectNode;

/**
 * One joint as its encoder and its servo report it.
 *
 * @param positionDeg absent if it cannot be read
 */
public record JointState(String name, OptionalDouble positionDeg, double velocityDps, boolean torqueOn) {
    /** {@code {name, position_deg, velocity_dps, torque_on}}; an unknown position is null, never NaN. */
    public ObjectNode json() {
        var node = Json.object().put("name", name);
        if (positionDeg.isPresent()) {
            node.put("position_deg", Round.hundredths(positionDeg.getAsDouble()));
        } else {
            node.putNull("position_deg");
        }
        return node.put("velocity_dps", Round.hundredths(velocityDps)).put("torque_on", torqueOn);
    }
}
