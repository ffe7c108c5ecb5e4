package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("robot-md.md section 11: manifests of the four kinds, and the shipped example")
class ExamplesTest {
    @ParameterizedTest
    @ValueSource(strings = {"minimal", "arm-with-camera", "servo-arm", "rover"})
    void fixturesAreValidAndSurviveRendering(String name) {
        var manifest = Sample.parse(Sample.file(name + ".ROBOT.md"));
        assertThat(Validator.validate(manifest).errors()).isEmpty();
        assertThat(Sample.tree(Renderer.render(manifest.frontmatter()))).isEqualTo(manifest.frontmatter());
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm-with-camera", "servo-arm", "rover"})
    void completeFixturesHaveNoWarnings(String name) {
        assertThat(Validator.validate(Sample.parse(Sample.file(name + ".ROBOT.md")))
                        .warnings())
                .isEmpty();
    }

    @Test
    @DisplayName("the simulated arm has neither errors nor warnings")
    void simulatedArm() {
        var manifest = Sample.parse(Sample.example("sim-arm/ROBOT.md"));
        assertThat(Validator.validate(manifest))
                .isEqualTo(new Validation(true, "bench-arm (arm+camera, 6 DoF, 8 capabilities)", List.of(), List.of()));
        assertThat(manifest.kinematics().poses()).containsOnlyKeys("home", "ready");
        assertThat(manifest.kinematics().joints()).hasSize(6);
        assertThat(manifest.objectDescriptors())
                .extracting(ObjectDescriptor::id)
                .containsExactly("red_cube", "blue_cube", "green_bin");
    }

    @Test
    @DisplayName("in the example only placing waits for a person")
    void simulatedArmGates() {
        var gates = Sample.parse(Sample.example("sim-arm/ROBOT.md")).hitlGates();
        assertThat(gates.covering(Operation.ofCapability("arm.place", false)).required())
                .isTrue();
        for (var free :
                List.of("arm.pick", "arm.reach", "arm.home", "gripper.open", "gripper.close", "vision.describe")) {
            assertThat(gates.covering(Operation.ofCapability(free, false)).required())
                    .isFalse();
        }
        assertThat(gates.covering(new Operation("estop_clear", OperationClass.SYSTEM))
                        .scope())
                .contains("system");
    }
}
