package dev.gatehouse.robot.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.Range;
import dev.gatehouse.robot.Box;
import dev.gatehouse.robot.Command;
import dev.gatehouse.robot.Envelope;
import dev.gatehouse.robot.Point;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** robot-md.md 10.4: limits are refused, never clamped. */
class ArmPlannerTest {
    private final Kinematics kinematics = new Kinematics(Bench.ARM);
    private final ArmPlanner planner = new ArmPlanner(Bench.ARM, kinematics);
    private final World world = World.at(planner.home(), Bench.scene());

    private Draft draft(Command command) {
        return planner.draft(command, world);
    }

    private static Command within(Command command, Envelope envelope) {
        return new Command("req-1", command.capability(), command.args(), envelope, false);
    }

    private static void refused(Draft draft, String reason) {
        assertThat(draft)
                .isInstanceOfSatisfying(
                        Draft.Refused.class, r -> assertThat(r.why().reason()).isEqualTo(reason));
    }

    @Test
    void pickAndPlaceOfTheExampleTakeAFewSeconds() {
        var pick = (Draft.Route) draft(Bench.command("arm.pick", "red_cube"));
        assertThat(seconds(pick)).isBetween(2.0, 4.0);
        var lifted = pick.segments().getLast().to();
        var holding = new World(lifted, new Pose(0, 0, 0, 0, 0), 0.4, Optional.of("red_cube"), world.scene());
        var place = (Draft.Route) planner.draft(Bench.command("arm.place", "green_bin"), holding);
        assertThat(seconds(place)).isBetween(2.0, 4.0);
    }

    private static double seconds(Draft.Route route) {
        return route.segments().stream().mapToInt(Segment::ticks).sum() / 100.0;
    }

    @Test
    void aWeightAboveThePayload() {
        refused(draft(Bench.command("arm.pick", "blue_cube")), "limit_exceeded");
    }

    @Test
    void anUnknownTarget() {
        refused(draft(Bench.command("arm.pick", "grey_cube")), "no_target");
    }

    @Test
    void aPlaceIsNotPickedUp() {
        refused(draft(Bench.command("arm.pick", "green_bin")), "not_graspable");
    }

    @Test
    void placingNothing() {
        refused(draft(Bench.command("arm.place", "green_bin")), "nothing_held");
    }

    @Test
    void anUnknownWeightIsAWarning() {
        var scene = new SimScene(
                "bench",
                0,
                world.scene().camera(),
                List.of(new SceneObject(
                        "parcel", Colour.ORANGE, new Point(180, 0, 15), 30, OptionalDouble.empty(), false)));
        var route = (Draft.Route) planner.draft(Bench.command("arm.pick", "parcel"), World.at(planner.home(), scene));
        assertThat(route.warnings()).containsExactly("the weight of parcel is not known");
    }

    @Test
    void aSpeedAboveTheLimitIsRefusedAndOneBelowIsKept() {
        var fast = Json.object().put("x", 180).put("y", 0).put("z", 60).put("speed_dps", 91);
        refused(draft(Bench.command("arm.reach", fast)), "limit_exceeded");
        var slow =
                (Draft.Route) draft(Bench.command("arm.reach", fast.deepCopy().put("speed_dps", 10)));
        for (var segment : slow.segments()) {
            for (var tick = 1; tick <= segment.ticks(); tick++) {
                assertThat(segment.pose(tick - 1).turnTo(segment.pose(tick)) * 100)
                        .isLessThan(10.001);
            }
        }
    }

    @Test
    void zeroMeansNoneOfThatMotion() {
        var home = Bench.command("arm.home");
        refused(draft(within(home, Bench.envelope(0, 0.5, 0.25, Bench.WORKSPACE))), "limit_exceeded");
        var reach = Bench.reach(180, 0, 60);
        refused(draft(within(reach, Bench.envelope(90, 0, 0.25, Bench.WORKSPACE))), "limit_exceeded");
        var pick = Bench.command("arm.pick", "red_cube");
        refused(draft(within(pick, Bench.envelope(90, 0.5, 0, Bench.WORKSPACE))), "limit_exceeded");
    }

    @Test
    void aToolLimitSlowsAPlanThatNamedNoSpeedAndRefusesOneThatDid() {
        var slow = Bench.envelope(90, 0.05, 0.25, Bench.WORKSPACE);
        var route = (Draft.Route) draft(within(Bench.reach(180, 0, 60), slow));
        var top = new PathCheck(Bench.ARM, kinematics, slow, 0).topToolSpeed(route.segments());
        assertThat(top).isLessThanOrEqualTo(0.05);
        var named = Bench.command(
                "arm.reach",
                Json.object().put("x", 180).put("y", 0).put("z", 60).put("speed_dps", 60));
        refused(draft(within(named, slow)), "limit_exceeded");
    }

    @Test
    void missingLimits() {
        refused(draft(within(Bench.reach(180, 0, 60), Envelope.undeclared())), "limit_missing");
    }

    @Test
    void outsideTheWorkspace() {
        refused(draft(Bench.reach(180, 0, 300)), "outside_workspace");
        refused(draft(Bench.reach(330, 0, 60)), "outside_workspace");
    }

    @Test
    void unreachable() {
        var wide = new Box(new Range(-999, 999), new Range(-999, 999), new Range(-999, 999));
        refused(draft(within(Bench.reach(500, 0, 60), Bench.envelope(90, 9, 1, wide))), "ik_failed");
        refused(draft(within(Bench.reach(-200, 1, 100), Bench.envelope(90, 9, 1, wide))), "joint_limit");
        refused(draft(within(Bench.reach(180, 0, -5), Bench.envelope(90, 9, 1, wide))), "unsafe_pose");
    }

    @Test
    void aManifestThatNarrowsAJoint() {
        var base = Bench.envelope();
        var narrow = new Envelope(
                base.maxJointVelocityDps(),
                base.maxLinearVelocityMs(),
                base.maxToolVelocityMs(),
                base.payloadKg(),
                base.workspaceMm(),
                Map.of("base_yaw", new Range(-5, 5)));
        refused(draft(within(Bench.reach(140, 100, 60), narrow)), "joint_limit");
    }

    @Test
    @DisplayName("a way that leaves the workspace is refused although both ends are inside")
    void pathLeavesWorkspace() {
        var left = (Draft.Route) draft(Bench.reach(60, 140, 60));
        var there = World.at(left.segments().getLast().to(), Bench.scene());
        // The arm swings: its way from left to right bulges forward past x = 100.
        var shallow = new Box(new Range(40, 100), new Range(-220, 220), new Range(5, 260));
        refused(
                planner.draft(within(Bench.reach(60, -140, 60), Bench.envelope(90, 0.5, 1, shallow)), there),
                "path_leaves_workspace");
    }

    @Test
    void aStartOutsideTheWorkspace() {
        var far = new Box(new Range(150, 320), new Range(-220, 220), new Range(5, 260));
        refused(draft(within(Bench.reach(180, 0, 60), Bench.envelope(90, 0.5, 1, far))), "unsafe_start");
    }

    @Test
    void argumentsAreReadAsIfNobodyHadCheckedThem() {
        refused(draft(Bench.command("arm.reach")), "bad_args");
        refused(
                draft(Bench.command(
                        "arm.reach", Json.object().put("x", "1").put("y", 0).put("z", 0))),
                "bad_args");
        refused(
                draft(Bench.command(
                        "arm.reach",
                        Json.object().put("x", Double.NaN).put("y", 0).put("z", 0))),
                "bad_args");
        refused(
                draft(Bench.command(
                        "arm.reach",
                        Json.object()
                                .put("x", new BigDecimal("1e400"))
                                .put("y", 0)
                                .put("z", 0))),
                "bad_args");
        refused(draft(Bench.command("arm.home", Json.object().put("fast", true))), "bad_args");
        refused(draft(Bench.command("arm.pick")), "target_required");
        refused(draft(Bench.command("arm.dance")), "not_implemented");
    }

    @Property(tries = 300)
    void aRouteNeverLeavesTheBoxAndNeverExceedsASpeed(
            @ForAll @DoubleRange(min = 40, max = 320) double x,
            @ForAll @DoubleRange(min = -220, max = 220) double y,
            @ForAll @DoubleRange(min = 5, max = 260) double z) {
        if (draft(Bench.reach(x, y, z)) instanceof Draft.Route route) {
            for (var segment : route.segments()) {
                for (var tick = 0; tick <= segment.ticks(); tick++) {
                    assertThat(Bench.WORKSPACE.contains(kinematics.tip(segment.pose(tick))))
                            .isTrue();
                }
                for (var tick = 1; tick <= segment.ticks(); tick++) {
                    var tip = kinematics.tip(segment.pose(tick - 1)).to(kinematics.tip(segment.pose(tick)));
                    assertThat(tip / 10).isLessThanOrEqualTo(0.5 + 1e-9);
                    assertThat(segment.pose(tick - 1).turnTo(segment.pose(tick)) * 100)
                            .isLessThanOrEqualTo(60 + 1e-6);
                }
            }
            assertThat(kinematics.tip(route.segments().getLast().to()).to(new Point(x, y, z)))
                    .isLessThan(1e-3);
        }
    }
}
