package dev.gatehouse.robot;

import dev.gatehouse.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Something a camera made out, and where it is in the robot's frame. */
public record Detection(String id, String colour, Point position) {
    /** {@code {id, colour, position_mm}}. */
    public ObjectNode json() {
        var node = Json.object().put("id", id).put("colour", colour);
        node.set("position_mm", position.json());
        return node;
    }
}
