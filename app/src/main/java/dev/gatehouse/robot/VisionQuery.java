package dev.gatehouse.robot;

import tools.jackson.databind.node.ObjectNode;

/**
 * What to look for: one entry of {@code vision.object_descriptors} (robot-md.md 10.10).
 *
 * @param detector such as {@code hsv}
 * @param params thresholds of the detector, as declared
 */
public record VisionQuery(String descriptor, String detector, ObjectNode params) {
    public VisionQuery {
        params = params.deepCopy();
    }

    /** A copy, so that nobody can change what was declared. */
    @Override
    public ObjectNode params() {
        return params.deepCopy();
    }
}
