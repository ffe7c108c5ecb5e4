package dev.gatehouse.robot;

import dev.gatehouse.json.Json;
import tools.jackson.databind.node.ArrayNode;

/** A position in millimetres; x forward, y to the left, z up, from the middle of the robot's foot unless said otherwise. */
public record Point(double x, double y, double z) {
    public Point plus(double dx, double dy, double dz) {
        return new Point(x + dx, y + dy, z + dz);
    }

    /** Distance in millimetres. */
    public double to(Point other) {
        return Math.sqrt(Math.pow(x - other.x, 2) + Math.pow(y - other.y, 2) + Math.pow(z - other.z, 2));
    }

    /** {@code [x, y, z]}, rounded to hundredths of a millimetre. */
    public ArrayNode json() {
        return Json.array().add(Round.hundredths(x)).add(Round.hundredths(y)).add(Round.hundredths(z));
    }
}
