package dev.gatehouse.robot.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatehouse.robot.Point;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class KinematicsTest {
    private static final double MICRON = 1e-3;
    private final Kinematics kinematics = new Kinematics(Bench.ARM);

    @Test
    void allZeroIsStraightForward() {
        assertThat(kinematics.tip(new Pose(0, 0, 0, 0, 0)).to(new Point(330, 0, 60)))
                .isLessThan(MICRON);
    }

    @Test
    void positivePitchRaisesAndPositiveYawTurnsLeft() {
        assertThat(kinematics.tip(new Pose(0, 90, 0, 0, 0)).to(new Point(0, 0, 390)))
                .isLessThan(MICRON);
        assertThat(kinematics.tip(new Pose(90, 0, 0, 0, 0)).to(new Point(0, 330, 60)))
                .isLessThan(MICRON);
    }

    @Property
    void whatIsSolvedIsReachedWithinTheLimits(
            @ForAll @DoubleRange(min = -330, max = 330) double x,
            @ForAll @DoubleRange(min = -330, max = 330) double y,
            @ForAll @DoubleRange(min = -50, max = 330) double z) {
        var target = new Point(x, y, z);
        if (kinematics.solve(target, new Pose(0, 90, -90, -90, 17)) instanceof Kinematics.Solution.Solved solved) {
            assertThat(kinematics.tip(solved.pose()).to(target)).isLessThan(MICRON);
            for (var i = 0; i < 5; i++) {
                assertThat(Bench.ARM
                                .joints()
                                .get(i)
                                .limitsDeg()
                                .contains(solved.pose().at(i)))
                        .isTrue();
            }
            assertThat(solved.pose().at(4)).isEqualTo(17);
        }
    }

    @Property
    void everyPoseWithTheGripperDownIsFoundAgain(
            @ForAll @DoubleRange(min = -169, max = 169) double yaw,
            @ForAll @DoubleRange(min = 20, max = 109) double shoulder,
            @ForAll @DoubleRange(min = -129, max = -20) double elbow) {
        var pose = new Pose(yaw, shoulder, elbow, -90 - shoulder - elbow, 0);
        var tip = kinematics.tip(pose);
        var forward = Math.hypot(tip.x(), tip.y());
        var turned = Math.abs(Math.toDegrees(Math.atan2(tip.y(), tip.x())) - yaw) > 1;
        if (Math.abs(pose.at(3)) > 109 || forward < 1 || turned) {
            return;
        }
        var solution = kinematics.solve(tip, new Pose(0, 0, 0, 0, 0));
        assertThat(solution).isInstanceOf(Kinematics.Solution.Solved.class);
        var found = ((Kinematics.Solution.Solved) solution).pose();
        for (var i = 0; i < 5; i++) {
            assertThat(found.at(i)).isCloseTo(pose.at(i), within(1e-6));
        }
    }

    @Test
    void beyondTheArmIsOutOfReach() {
        assertThat(kinematics.solve(new Point(400, 0, 60), new Pose(0, 0, 0, 0, 0)))
                .isInstanceOf(Kinematics.Solution.OutOfReach.class);
    }

    @Test
    void behindTheArmIsBeyondTheLimitsOfTheYaw() {
        assertThat(kinematics.solve(new Point(-200, 5, 60), new Pose(0, 0, 0, 0, 0)))
                .isEqualTo(new Kinematics.Solution.BeyondLimits("base_yaw"));
    }
}
