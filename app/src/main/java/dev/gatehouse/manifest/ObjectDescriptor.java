package dev.gatehouse.manifest;

import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * An entry of {@code vision.object_descriptors}: something the robot knows how to look for.
 *
 * @param detector {@code hsv} or {@code hsv_roi} in a valid manifest
 * @param params the detector's parameters (robot-md.md 10.10), an object
 */
public record ObjectDescriptor(String id, String detector, JsonNode params) {
    static Stream<ObjectDescriptor> of(Section descriptor) {
        return descriptor.text("id").stream()
                .flatMap(id -> descriptor.text("detector").stream()
                        .map(detector -> new ObjectDescriptor(
                                id,
                                detector,
                                JsonView.of(descriptor.section("params").members(), NullNode.getInstance()))));
    }
}
