package dev.gatehouse.robot.sim;

import dev.gatehouse.robot.Point;
import dev.gatehouse.robot.Sighting;
import dev.gatehouse.robot.VisionQuery;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A camera above the table that looks straight down; the picture's up is the robot's forward.
 *
 * @param focalPx focal length in pixels
 */
public record SimCamera(Point position, double focalPx, int width, int height) {
    public SimCamera {
        if (!(focalPx > 0) || width < 1 || height < 1) {
            throw new IllegalArgumentException("the camera has no picture");
        }
    }

    /** One object in the picture. */
    private record Blob(int u, int v, double depth, Point inCamera, double area) {}

    Sighting find(VisionQuery query, SimScene scene, boolean depthWorks) {
        if (!query.detector().equals("hsv") && !query.detector().equals("hsv_roi")) {
            return new Sighting.UnknownDetector();
        }
        var params = query.params();
        return scene.objects().stream()
                .filter(o -> params.has("h_ranges") ? matches(o.colour(), params) : o.id().equals(query.descriptor()))
                .flatMap(o -> picture(o).stream())
                .filter(b -> b.area() >= params.path("min_area").asDouble(0))
                .filter(b -> b.depth() >= params.path("min_depth_mm").asDouble(0)
                        && b.depth() <= params.path("max_depth_mm").asDouble(Double.MAX_VALUE))
                .filter(b -> inRegion(b, params.path("roi")))
                .max((a, b) -> Double.compare(a.area(), b.area()))
                .<Sighting>map(b -> found(b, depthWorks))
                .orElseGet(Sighting.NotFound::new);
    }

    /** Where a point of the bench is in the picture, pixels right and down; empty outside of it. */
    Optional<double[]> pixel(Point point) {
        var depth = position.z() - point.z();
        if (depth <= 0) {
            return Optional.empty();
        }
        var u = width / 2.0 + focalPx * (position.y() - point.y()) / depth;
        var v = height / 2.0 + focalPx * (position.x() - point.x()) / depth;
        return u < 0 || v < 0 || u >= width || v >= height ? Optional.empty() : Optional.of(new double[] {u, v});
    }

    /** Objects that are in the picture. */
    Stream<SceneObject> visible(SimScene scene) {
        return scene.objects().stream().filter(o -> picture(o).isPresent());
    }

    private static Sighting found(Blob blob, boolean depthWorks) {
        return depthWorks
                ? new Sighting.Found(
                        blob.u(),
                        blob.v(),
                        OptionalDouble.of(blob.depth()),
                        Optional.empty(),
                        Optional.of(blob.inCamera()),
                        blob.area())
                : new Sighting.Found(
                        blob.u(),
                        blob.v(),
                        OptionalDouble.empty(),
                        Optional.of("no_depth"),
                        Optional.empty(),
                        blob.area());
    }

    private Optional<Blob> picture(SceneObject object) {
        var depth = position.z() - object.position().z() - object.sizeMm() / 2;
        if (depth <= 0) {
            return Optional.empty();
        }
        var right = position.y() - object.position().y();
        var down = position.x() - object.position().x();
        var u = (int) Math.round(width / 2.0 + focalPx * right / depth);
        var v = (int) Math.round(height / 2.0 + focalPx * down / depth);
        var edge = focalPx * object.sizeMm() / depth;
        return u < 0 || v < 0 || u >= width || v >= height
                ? Optional.empty()
                : Optional.of(new Blob(u, v, depth, new Point(right, down, depth), edge * edge));
    }

    private static boolean matches(Colour colour, JsonNode params) {
        for (var range : params.path("h_ranges")) {
            if (colour.hue() >= range.path(0).asDouble(0)
                    && colour.hue() <= range.path(1).asDouble(-1)) {
                return within(colour.saturation(), params, "s_min", "s_max")
                        && within(colour.value(), params, "v_min", "v_max");
            }
        }
        return false;
    }

    private static boolean within(int value, JsonNode params, String min, String max) {
        return value >= params.path(min).asDouble(0)
                && value <= params.path(max).asDouble(255);
    }

    /** {@code roi} is {@code [u, v, width, height]}; without one the whole picture counts. */
    private static boolean inRegion(Blob blob, JsonNode roi) {
        if (!roi.isArray() || roi.size() != 4) {
            return true;
        }
        var u = blob.u() - roi.get(0).asDouble(0);
        var v = blob.v() - roi.get(1).asDouble(0);
        return u >= 0 && v >= 0 && u < roi.get(2).asDouble(0) && v < roi.get(3).asDouble(0);
    }
}
