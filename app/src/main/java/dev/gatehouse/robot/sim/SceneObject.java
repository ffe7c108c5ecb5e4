package dev.gatehouse.robot.sim;

import dev.gatehouse.robot.Point;
import java.util.OptionalDouble;

/**
 * A thing on the table.
 *
 * @param colour one of {@link Colour}'s words
 * @param position middle of a graspable thing; of a place, the point where things are put down
 * @param sizeMm edge length
 * @param weightKg absent if nobody weighed it
 * @param place a bin or a spot: things are put there, and it is not picked up
 */
public record SceneObject(
        String id, Colour colour, Point position, double sizeMm, OptionalDouble weightKg, boolean place) {
    SceneObject at(Point newPosition) {
        return new SceneObject(id, colour, newPosition, sizeMm, weightKg, place);
    }
}
