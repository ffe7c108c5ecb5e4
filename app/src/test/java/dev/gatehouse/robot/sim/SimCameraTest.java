package dev.gatehouse.robot.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.robot.Sighting;
import dev.gatehouse.robot.VisionQuery;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("robot-md 10.10: looking for an object")
class SimCameraTest {
    private final SimScene scene = Bench.scene();

    private Sighting find(String descriptor, String detector, String params) {
        return find(descriptor, detector, params, true);
    }

    private Sighting find(String descriptor, String detector, String params, boolean depth) {
        try {
            var query = new VisionQuery(descriptor, detector, (ObjectNode) Json.read(params));
            return scene.camera().find(query, scene, depth);
        } catch (MalformedJsonException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void findsByColour() {
        var found = (Sighting.Found) find("red_cube", "hsv", "{\"h_ranges\":[[0,10],[170,180]],\"s_min\":100}");
        assertThat(found.u()).isBetween(320, 400);
        assertThat(found.v()).isBetween(200, 240);
        assertThat(found.depthMm()).hasValue(490);
        assertThat(found.cameraXyzMm())
                .hasValueSatisfying(p -> assertThat(p.x()).isEqualTo(60));
    }

    @Test
    void findsByNameIfNoColourIsDeclared() {
        assertThat(find("green_bin", "hsv", "{}")).isInstanceOf(Sighting.Found.class);
    }

    @Test
    void thresholdsAreKept() {
        assertThat(find("x", "hsv", "{\"h_ranges\":[[0,10]],\"min_area\":100000}"))
                .isInstanceOf(Sighting.NotFound.class);
        assertThat(find("x", "hsv", "{\"h_ranges\":[[0,10]],\"max_depth_mm\":100}"))
                .isInstanceOf(Sighting.NotFound.class);
        assertThat(find("x", "hsv", "{\"h_ranges\":[[0,10]],\"v_min\":250}")).isInstanceOf(Sighting.NotFound.class);
        assertThat(find("x", "hsv_roi", "{\"h_ranges\":[[0,10]],\"roi\":[0,0,50,50]}"))
                .isInstanceOf(Sighting.NotFound.class);
        assertThat(find("x", "hsv", "{\"h_ranges\":[[85,95]]}")).isInstanceOf(Sighting.NotFound.class);
    }

    @Test
    void unknownDepthHasAReasonAndNoPosition() {
        var found = (Sighting.Found) find("red_cube", "hsv", "{}", false);
        assertThat(found.depthMm()).isEmpty();
        assertThat(found.depthReason()).contains("no_depth");
        assertThat(found.cameraXyzMm()).isEmpty();
    }

    @Test
    void unknownDetector() {
        assertThat(find("red_cube", "neural", "{}")).isInstanceOf(Sighting.UnknownDetector.class);
    }
}
