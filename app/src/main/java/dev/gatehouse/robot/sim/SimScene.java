package dev.gatehouse.robot.sim;

import dev.gatehouse.robot.Point;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The table and what stands on it.
 *
 * @param frame id of the frame that positions are given in
 * @param tableMm height of the table's surface; no part of the arm may go below it
 * @param camera looks straight down
 */
public record SimScene(String frame, double tableMm, SimCamera camera, List<SceneObject> objects) {
    public SimScene {
        objects = List.copyOf(objects);
        var ids = new HashSet<String>();
        for (var object : objects) {
            if (!ids.add(object.id())) {
                throw new IllegalArgumentException("two objects have the id " + object.id());
            }
        }
    }

    Optional<SceneObject> object(String id) {
        return objects.stream().filter(o -> o.id().equals(id)).findFirst();
    }

    /** The nearest graspable thing whose middle is within the given distance. */
    Optional<SceneObject> graspable(Point tip, double withinMm) {
        return objects.stream()
                .filter(o -> !o.place() && o.position().to(tip) <= withinMm)
                .min((a, b) -> Double.compare(a.position().to(tip), b.position().to(tip)));
    }

    SimScene with(String id, Point position) {
        return new SimScene(
                frame,
                tableMm,
                camera,
                objects.stream()
                        .map(o -> o.id().equals(id) ? o.at(position) : o)
                        .toList());
    }
}
