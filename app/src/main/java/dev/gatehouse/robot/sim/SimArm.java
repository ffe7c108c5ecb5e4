package dev.gatehouse.robot.sim;

import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.Failsafe;
import dev.gatehouse.robot.Capability;
import dev.gatehouse.robot.Command;
import dev.gatehouse.robot.Detection;
import dev.gatehouse.robot.Driver;
import dev.gatehouse.robot.DriverInfo;
import dev.gatehouse.robot.Frame;
import dev.gatehouse.robot.JointState;
import dev.gatehouse.robot.Outcome;
import dev.gatehouse.robot.Permit;
import dev.gatehouse.robot.Plan;
import dev.gatehouse.robot.Probe;
import dev.gatehouse.robot.Progress;
import dev.gatehouse.robot.RobotState;
import dev.gatehouse.robot.Scene;
import dev.gatehouse.robot.Sighting;
import dev.gatehouse.robot.VisionQuery;
import dev.gatehouse.robot.Waypoint;
import dev.gatehouse.time.Ticker;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/** A simulated arm. It moves in real time on its own thread, starts in its resting pose and always keeps torque. */
public final class SimArm implements Driver {
    /** The {@code drivers[].protocol} that this driver serves. */
    public static final String PROTOCOL = "sim";

    private static final DriverInfo INFO = new DriverInfo(
            "sim-arm",
            List.of(PROTOCOL),
            true,
            true,
            ArmCapabilities.ENFORCED,
            Set.of(Failsafe.STOP, Failsafe.HOLD),
            true);

    private final ArmGeometry geometry;
    private final SimFaults faults;
    private final Clock clock;
    private final Kinematics kinematics;
    private final ArmPlanner planner;
    private final ControlLoop loop;
    private final AtomicBoolean executing = new AtomicBoolean();

    private SimArm(ArmGeometry geometry, SimScene scene, SimFaults faults, Ticker ticker, Clock clock) {
        this.geometry = geometry;
        this.faults = faults;
        this.clock = clock;
        this.kinematics = new Kinematics(geometry);
        this.planner = new ArmPlanner(geometry, kinematics);
        this.loop = new ControlLoop(World.at(planner.home(), scene), kinematics, faults, ticker);
    }

    /** Powers the arm up. */
    public static SimArm start(ArmGeometry geometry, SimScene scene, SimFaults faults, Ticker ticker, Clock clock) {
        var arm = new SimArm(geometry, scene, faults, ticker, clock);
        arm.loop.start();
        return arm;
    }

    @Override
    public DriverInfo info() {
        return INFO;
    }

    @Override
    public List<Capability> capabilities() {
        return ArmCapabilities.ALL;
    }

    @Override
    public Plan plan(Command command) {
        return switch (draft(command)) {
            case Draft.Refused refused -> refused.why();
            case Draft.Route route ->
                new Plan.Feasible(
                        route.segments().stream()
                                .map(s -> waypoint(s.phase(), s.to()))
                                .toList(),
                        Segment.TICK.multipliedBy(route.segments().stream()
                                .mapToInt(Segment::ticks)
                                .sum()),
                        route.warnings());
        };
    }

    @Override
    public Outcome execute(Command command, Permit permit, Progress progress) throws InterruptedException {
        // Stops are counted before the permit is asked: a stop in between is then seen by one of the two.
        var stops = loop.stopsArrived();
        if (!permit.live()) {
            return cut();
        }
        if (command.dryRun()) {
            return switch (plan(command)) {
                case Plan.Infeasible infeasible -> Outcome.of(infeasible);
                case Plan.Feasible feasible -> Outcome.of(feasible);
            };
        }
        if (!executing.compareAndSet(false, true)) {
            return Outcome.blocked("busy", "the arm is carrying out another command");
        }
        try {
            return switch (draft(command)) {
                case Draft.Refused refused -> Outcome.of(refused.why());
                case Draft.Route route -> {
                    var motion = new Motion(route.segments(), permit, stops);
                    yield command.capability().equals(Probe.CAPABILITY)
                            ? probe(route, motion, progress)
                            : drive(route, motion, progress);
                }
            };
        } finally {
            executing.set(false);
        }
    }

    @Override
    public Outcome observe(Command command) {
        return switch (command.capability()) {
            case ArmCapabilities.STATUS ->
                Outcome.ok("the state of the arm").with(List.of(), data("state", state().json()));
            case ArmCapabilities.DESCRIBE ->
                faults.givesFrames()
                        ? Outcome.ok("what the camera sees").with(List.of(), data("scene", scene().json()))
                        : Outcome.error("no_frame", "the camera gives no picture");
            default -> Outcome.error("not_implemented", "the arm has no such observation");
        };
    }

    @Override
    public void halt() {
        loop.halt();
    }

    @Override
    public boolean halted() {
        return loop.halted();
    }

    @Override
    public Optional<String> release() {
        return faults.hardwareEstopPressed() ? Optional.of("hardware_estop") : Optional.empty();
    }

    @Override
    public RobotState state() {
        var world = loop.world();
        return new RobotState(
                joints(world),
                world.grip(),
                world.holding(),
                loop.moving(),
                faults.codes(),
                faults.hardwareEstopPressed());
    }

    @Override
    public Scene scene() {
        var world = loop.world();
        var seen = world.seen(kinematics);
        var detections = faults.givesFrames()
                ? seen.camera()
                        .visible(seen)
                        .map(o -> new Detection(o.id(), o.colour().word(), o.position()))
                        .toList()
                : List.<Detection>of();
        return new Scene(seen.frame(), detections, joints(world), clock.instant());
    }

    @Override
    public Optional<Frame> frame() {
        var camera = loop.world().scene().camera();
        return faults.givesFrames() ? Optional.of(new Frame(camera.width(), camera.height(), 3)) : Optional.empty();
    }

    @Override
    public Sighting find(VisionQuery query) {
        if (!faults.givesFrames()) {
            return new Sighting.NoFrame();
        }
        var seen = loop.world().seen(kinematics);
        return seen.camera().find(query, seen, faults.givesDepth());
    }

    @Override
    public void close() {
        loop.close();
    }

    private Draft draft(Command command) {
        if (faults.hardwareEstopPressed()) {
            return Draft.refuse("hardware_estop", "the hardware stop is pressed");
        }
        return faults.lostEncoder()
                .map(joint -> Draft.refuse("no_position_read", "the position of " + joint + " cannot be read"))
                .orElseGet(() -> planner.draft(command, loop.world()));
    }

    private Outcome drive(Draft.Route route, Motion motion, Progress progress) throws InterruptedException {
        if (!loop.drive(motion)) {
            return Outcome.blocked("busy", "the arm is carrying out another command");
        }
        var trajectory = new ArrayList<JsonNode>();
        var total = route.segments().size();
        try {
            progress.report(0, total, route.segments().getFirst().phase());
            while (true) {
                switch (motion.next()) {
                    case Motion.Event.PhaseOver over -> {
                        var done = over.index() + 1;
                        trajectory.add(waypoint(
                                        route.segments().get(over.index()).phase(),
                                        over.world().pose())
                                .json());
                        progress.report(
                                done,
                                total,
                                done < total ? route.segments().get(done).phase() : "done");
                    }
                    case Motion.Event.Over over -> {
                        return outcome(over.end(), route, trajectory);
                    }
                }
            }
        } finally {
            motion.cancel();
            motion.awaitEnd();
        }
    }

    /** The camera looks before the motion and at its far end; what it sees moving is the tip of the gripper. */
    private Outcome probe(Draft.Route route, Motion motion, Progress progress) throws InterruptedException {
        if (!faults.givesFrames()) {
            return Outcome.error("no_frame_before", "the camera gives no picture");
        }
        var before = tipInPicture(route.segments().getFirst().from());
        var outcome = drive(route, motion, progress);
        if (outcome.status() != Outcome.Status.OK) {
            return outcome;
        }
        if (!faults.givesFrames()) {
            return Outcome.error("no_frame_after", "the camera gave no picture at the far point")
                    .with(outcome.trajectory(), outcome.events());
        }
        var after = tipInPicture(route.segments().getFirst().to());
        if (before.isEmpty() || after.isEmpty()) {
            return outcome;
        }
        var shift = Json.array();
        for (var axis = 0; axis < 2; axis++) {
            shift.add(Math.round((after.get()[axis] - before.get()[axis]) * 10) / 10.0);
        }
        var seen = Json.object();
        seen.set("px_shift", shift);
        return shift.get(0).doubleValue() == 0 && shift.get(1).doubleValue() == 0
                ? outcome
                : outcome.with(outcome.trajectory(), data(Probe.EVENT, seen));
    }

    private Optional<double[]> tipInPicture(Pose pose) {
        return loop.world().scene().camera().pixel(kinematics.tip(pose));
    }

    private Outcome outcome(Motion.End end, Draft.Route route, List<JsonNode> trajectory) {
        return switch (end) {
            case Motion.End.Finished finished ->
                finished(route, finished.world()).with(trajectory, List.of());
            case Motion.End.Cut _ -> cut().with(trajectory, data("motion_cut", state().json()));
            case Motion.End.Pressed _ ->
                Outcome.blocked("hardware_estop", "the hardware stop was pressed")
                        .with(trajectory, data("motion_cut", state().json()));
            case Motion.End.Broken broken -> {
                halt();
                yield Outcome.failed(broken.reason(), "the arm failed and was halted")
                        .with(trajectory, data("fault", state().json()));
            }
        };
    }

    private static Outcome finished(Draft.Route route, World world) {
        var grasps = route.segments().stream().anyMatch(s -> s.effect() == Segment.Effect.GRASP);
        return grasps && world.holding().isEmpty()
                ? Outcome.error("grasp_failed", "the gripper closed on nothing")
                : Outcome.ok(route.done());
    }

    private static Outcome cut() {
        return Outcome.blocked("stopped", "a stop came");
    }

    private static List<JsonNode> data(String kind, JsonNode data) {
        return List.of(Outcome.event(kind, data));
    }

    private Waypoint waypoint(String phase, Pose pose) {
        var angles = new LinkedHashMap<String, Double>();
        for (var i = 0; i < pose.size(); i++) {
            angles.put(geometry.joints().get(i).name(), pose.at(i));
        }
        return new Waypoint(phase, angles, kinematics.tip(pose));
    }

    private List<JointState> joints(World world) {
        var joints = new ArrayList<JointState>();
        for (var i = 0; i < geometry.joints().size(); i++) {
            var name = geometry.joints().get(i).name();
            var position = faults.lostEncoder().equals(Optional.of(name))
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(world.pose().at(i));
            joints.add(new JointState(name, position, world.speeds().at(i), true));
        }
        return joints;
    }
}
