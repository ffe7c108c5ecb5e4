package dev.gatehouse.robot.sim;

import dev.gatehouse.robot.Command;
import dev.gatehouse.robot.Envelope;
import dev.gatehouse.robot.Point;
import dev.gatehouse.robot.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** Turns a command into a route that keeps every limit, or into a refusal; it never moves anything. */
final class ArmPlanner {
    /** Speed of the fastest joint when the command names none, degrees per second: visible, and unhurried. */
    static final double USUAL_SPEED_DPS = 60;

    /** The gripper comes from this high above a thing, and lifts it this far. */
    private static final double CLEARANCE_MM = 60;

    /** Farthest that a thing's middle may be from the tip when the fingers close on it. */
    static final double GRASP_MM = 15;

    private static final double HELD = 0.4;
    private static final int SLOWINGS = 4;
    private static final List<Double> RESTING = List.of(0.0, 100.0, -100.0, -90.0);

    private final ArmGeometry arm;
    private final Kinematics kinematics;
    private final Pose home;

    ArmPlanner(ArmGeometry arm, Kinematics kinematics) {
        this.arm = arm;
        this.kinematics = kinematics;
        var angles = new double[arm.joints().size()];
        for (var i = 0; i < angles.length; i++) {
            var limits = arm.joints().get(i).limitsDeg();
            angles[i] = Math.clamp(i < RESTING.size() ? RESTING.get(i) : 0, limits.min(), limits.max());
        }
        this.home = new Pose(angles);
    }

    /** Upper arm up, forearm level, gripper down, as far as the limits allow. */
    Pose home() {
        return home;
    }

    Draft draft(Command command, World world) {
        try {
            return route(command, world);
        } catch (RefusedException e) {
            return new Draft.Refused(e.why());
        }
    }

    /** One try at a given speed. */
    private record Try(List<Segment> segments, List<String> warnings, String done) {}

    private Draft.Route route(Command command, World world) throws RefusedException {
        var envelope = command.envelope();
        var wanted = new Arguments(command.args()).optionalNumber("speed_dps");
        var speed = speed(wanted, envelope);
        var check = new PathCheck(arm, kinematics, envelope, world.scene().tableMm());
        for (var slowing = 0; slowing <= SLOWINGS; slowing++) {
            var attempt = attempt(command, world, speed);
            check.walk(attempt.segments());
            var top = check.topToolSpeed(attempt.segments());
            var limit = envelope.maxToolVelocityMs().orElse(Double.MAX_VALUE);
            if (top <= limit) {
                return new Draft.Route(attempt.segments(), attempt.warnings(), attempt.done());
            }
            if (wanted.isPresent() || limit == 0) {
                break;
            }
            // No speed was asked for, so a slower plan is a plan and not a clamped request.
            speed *= 0.98 * limit / top;
        }
        throw new RefusedException("limit_exceeded", "the tool would be faster than its limit");
    }

    private double speed(OptionalDouble wanted, Envelope envelope) throws RefusedException {
        if (envelope.maxJointVelocityDps().isEmpty()) {
            throw new RefusedException("limit_missing", "no limit of joint speed is declared");
        }
        var limit = envelope.maxJointVelocityDps().getAsDouble();
        var servo =
                arm.joints().stream().mapToDouble(JointSpec::maxSpeedDps).min().orElseThrow();
        if (limit == 0 || (wanted.isPresent() && !(wanted.getAsDouble() > 0))) {
            throw new RefusedException("limit_exceeded", "no motion of the joints is allowed");
        }
        if (wanted.isPresent() && wanted.getAsDouble() > Math.min(limit, servo)) {
            throw new RefusedException("limit_exceeded", "the speed asked for is above the limit of the joints");
        }
        return wanted.orElse(Math.min(USUAL_SPEED_DPS, Math.min(limit, servo)));
    }

    private Try attempt(Command command, World world, double speed) throws RefusedException {
        var route = new RouteBuilder(arm, kinematics, world, command.envelope().workspaceMm(), speed);
        var args = new Arguments(command.args());
        return switch (command.capability()) {
            case ArmCapabilities.PICK -> pick(args.only(Set.of("target")).text("target"), command, world, route);
            case ArmCapabilities.PLACE -> place(args.only(Set.of("target")).text("target"), command, world, route);
            case ArmCapabilities.REACH -> reach(args.only(Set.of("x", "y", "z", "speed_dps")), route);
            case ArmCapabilities.HOME -> {
                args.only(Set.of());
                yield new Try(route.turn("home", home).segments(), List.of(), "the arm is in its resting pose");
            }
            case ArmCapabilities.OPEN -> {
                args.only(Set.of());
                yield open(world, route);
            }
            case ArmCapabilities.CLOSE -> {
                args.only(Set.of());
                yield close(command, world, route);
            }
            case Probe.CAPABILITY -> probe(args.only(Set.of("joint", "delta_deg")), world.pose(), route);
            default -> throw new RefusedException("not_implemented", "the arm has no such motion");
        };
    }

    private Try pick(String target, Command command, World world, RouteBuilder route) throws RefusedException {
        var object = object(target, world);
        if (object.place()) {
            throw new RefusedException("not_graspable", "this is a place, not a thing to pick up");
        }
        if (world.holding().isPresent()) {
            throw new RefusedException("already_holding", "the gripper holds something already");
        }
        var warnings = weigh(object, command.envelope());
        var above = object.position().plus(0, 0, CLEARANCE_MM);
        if (world.grip() < 1) {
            route.grip("open", 1, Segment.Effect.NONE);
        }
        route.reach("approach", above)
                .reach("descend", object.position())
                .grip("grasp", HELD, Segment.Effect.GRASP)
                .reach("lift", above);
        return new Try(route.segments(), warnings, "picked up " + target);
    }

    private Try place(String target, Command command, World world, RouteBuilder route) throws RefusedException {
        var onto = object(target, world);
        if (world.holding().isEmpty() || world.holding().get().equals(target)) {
            throw new RefusedException("nothing_held", "the gripper holds nothing to put there");
        }
        var held = object(world.holding().get(), world);
        var warnings = weigh(held, command.envelope());
        var surface = onto.place() ? 0 : onto.sizeMm() / 2;
        var down = onto.position().plus(0, 0, surface + held.sizeMm() / 2);
        var above = down.plus(0, 0, CLEARANCE_MM);
        route.reach("carry", above)
                .reach("lower", down)
                .grip("release", 1, Segment.Effect.RELEASE)
                .reach("retreat", above);
        return new Try(route.segments(), warnings, "put " + held.id() + " at " + target);
    }

    private Try reach(Arguments args, RouteBuilder route) throws RefusedException {
        var point = new Point(args.number("x"), args.number("y"), args.number("z"));
        return new Try(route.reach("reach", point).segments(), List.of(), "the tip is at the point");
    }

    private Try probe(Arguments args, Pose from, RouteBuilder route) throws RefusedException {
        var name = args.text("joint");
        var angles = from.degrees();
        for (var i = 0; i < angles.length; i++) {
            if (arm.joints().get(i).name().equals(name)) {
                angles[i] += args.number("delta_deg");
                route.turn("probe", new Pose(angles)).turn("return", from);
                return new Try(route.segments(), List.of(), "the joint was probed and is back");
            }
        }
        throw new RefusedException("not_implemented", "the arm has no joint of that name");
    }

    private static Try open(World world, RouteBuilder route) {
        var effect = world.holding().isPresent() ? Segment.Effect.DROP : Segment.Effect.NONE;
        return new Try(route.grip("open", 1, effect).segments(), List.of(), "the gripper is open");
    }

    private Try close(Command command, World world, RouteBuilder route) throws RefusedException {
        var between = world.scene().graspable(kinematics.tip(world.pose()), GRASP_MM);
        if (world.holding().isPresent() || between.isEmpty()) {
            var to = world.holding().isPresent() ? HELD : 0;
            return new Try(route.grip("close", to, Segment.Effect.NONE).segments(), List.of(), "the gripper is closed");
        }
        var warnings = weigh(between.get(), command.envelope());
        return new Try(
                route.grip("grasp", HELD, Segment.Effect.GRASP).segments(),
                warnings,
                "the gripper holds " + between.get().id());
    }

    private static SceneObject object(String id, World world) throws RefusedException {
        var object = world.scene().object(id);
        if (object.isEmpty()) {
            throw new RefusedException("no_target", "nothing of that name is in the scene");
        }
        return object.get();
    }

    /** Refuses what is known to be too heavy; an unknown weight becomes a warning (robot-md.md 10.4). */
    private static List<String> weigh(SceneObject object, Envelope envelope) throws RefusedException {
        if (envelope.payloadKg().isEmpty()) {
            throw new RefusedException("limit_missing", "no payload is declared");
        }
        var limit = envelope.payloadKg().getAsDouble();
        if (limit == 0 || (object.weightKg().isPresent() && object.weightKg().getAsDouble() > limit)) {
            throw new RefusedException("limit_exceeded", object.id() + " is heavier than the payload");
        }
        var warnings = new ArrayList<String>();
        if (object.weightKg().isEmpty()) {
            warnings.add("the weight of " + object.id() + " is not known");
        }
        return warnings;
    }
}
