package dev.gatehouse.robot;

import java.util.Optional;
import java.util.OptionalDouble;

/** What came of looking for one object (robot-md.md 10.10). */
public sealed interface Sighting {
    /**
     * It was seen.
     *
     * @param depthMm absent if unknown; {@code depthReason} then says why and {@code cameraXyzMm} is absent too
     * @param cameraXyzMm position in the camera's frame: x right, y down, z away
     */
    record Found(
            int u,
            int v,
            OptionalDouble depthMm,
            Optional<String> depthReason,
            Optional<Point> cameraXyzMm,
            double areaPx2)
            implements Sighting {}

    /** A picture was taken and the object is not in it. */
    record NotFound() implements Sighting {}

    /** The camera gave no picture: {@code no_frame}. */
    record NoFrame() implements Sighting {}

    /** The driver has no such detector: {@code unknown_detector}. */
    record UnknownDetector() implements Sighting {}
}
