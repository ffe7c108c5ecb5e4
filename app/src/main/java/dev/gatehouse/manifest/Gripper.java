package dev.gatehouse.manifest;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * {@code physics.solver.gripper}.
 *
 * @param jointId which joint it is
 * @param tipOffsetMm from the gripper's frame to the grasp point: x, y, z in millimetres, or empty
 * @param closeStepsEmpty where the jaws come to rest with nothing between them
 */
public record Gripper(
        Optional<String> jointId,
        List<Double> tipOffsetMm,
        OptionalInt openSteps,
        OptionalInt closeSteps,
        OptionalInt closeStepsEmpty) {

    static Optional<Gripper> of(Section solver) {
        if (!solver.has("gripper")) {
            return Optional.empty();
        }
        var gripper = solver.section("gripper");
        var offset = gripper.list("tip_offset_mm").stream().map(Section::number).toList();
        var complete = offset.size() == 3 && offset.stream().allMatch(OptionalDouble::isPresent);
        return Optional.of(new Gripper(
                gripper.text("joint_id"),
                complete ? offset.stream().map(OptionalDouble::getAsDouble).toList() : List.of(),
                gripper.whole("open_steps"),
                gripper.whole("close_steps"),
                gripper.whole("close_steps_empty")));
    }
}
