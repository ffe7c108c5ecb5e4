package dev.gatehouse.robot;

import dev.gatehouse.json.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The body as the tool catalogue sees it: a driver or none, the interlock above it, and the lock of one motion at a time. */
public final class Robot implements AutoCloseable {
    private final Optional<Driver> driver;
    private final Interlock interlock;
    private final MotionLock lock = new MotionLock();

    private Robot(Optional<Driver> driver, Interlock interlock) {
        this.driver = driver;
        this.interlock = interlock;
    }

    /** A robot with a driver; the interlock must stop through the same one. */
    public static Robot with(Driver driver, Interlock interlock) {
        return new Robot(Optional.of(driver), interlock);
    }

    /** No driver is configured, or none could be opened: {@code no_backend}. */
    public static Robot without(Interlock interlock) {
        return new Robot(Optional.empty(), interlock);
    }

    public Optional<Driver> driver() {
        return driver;
    }

    public Interlock interlock() {
        return interlock;
    }

    public MotionLock lock() {
        return lock;
    }

    /** What the body can do; empty without a driver. */
    public List<Capability> capabilities() {
        return driver.map(Driver::capabilities).orElse(List.of());
    }

    public Optional<Capability> capability(String name) {
        return capabilities().stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /**
     * Checks limits and path without moving. Reasons: {@code no_backend}, {@code not_implemented}, {@code limit_missing},
     * {@code limit_unenforced}, {@code dry_run_unsupported}, or the driver's own.
     */
    public Plan check(Command command) {
        var refusal = limits(command);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var body = driver.orElseThrow();
        return body.info().supportsDryRun()
                ? body.plan(command)
                : new Plan.Infeasible("dry_run_unsupported", "this robot cannot check a motion without moving");
    }

    /**
     * Moves, under a permit of this robot's interlock. The lock is taken here unless this request has it already. A dry run
     * plans and never reaches the hardware. A stop during the motion ends it {@code blocked}/{@code estop} or, without a latch,
     * {@code blocked}/{@code stopped}; a fault of the hardware latches (robot-md.md 10.6).
     */
    public Outcome run(Command command, Permit permit, Progress progress) throws InterruptedException {
        if (command.dryRun()) {
            return switch (check(command)) {
                case Plan.Infeasible infeasible -> Outcome.of(infeasible);
                case Plan.Feasible feasible -> Outcome.of(feasible);
            };
        }
        var refusal = limits(command);
        if (refusal.isPresent()) {
            return Outcome.of(refusal.get());
        }
        if (lock.holder().equals(Optional.of(command.requestId()))) {
            return move(driver.orElseThrow(), command, permit, progress);
        }
        var hold = lock.tryHold(command.requestId());
        if (hold.isEmpty()) {
            return Outcome.blocked("busy", "the robot is carrying out another command");
        }
        try (var _ = hold.get()) {
            return move(driver.orElseThrow(), command, permit, progress);
        }
    }

    /** Answers a read-only capability, latched or not. */
    public Outcome observe(Command command) {
        if (driver.isEmpty()) {
            return Outcome.of(noBackend());
        }
        var capability = capability(command.capability());
        if (capability.isEmpty()) {
            return Outcome.of(notImplemented());
        }
        return capability.get().observing()
                ? driver.get().observe(command)
                : Outcome.error("not_read_only", "this capability may move the robot");
    }

    /** {@code {driver, simulated, capabilities, state, interlock}} for descriptions and diagnosis. */
    public ObjectNode describe() {
        var node = Json.object();
        node.put("driver", driver.map(d -> d.info().name()).orElse(null));
        node.put("simulated", driver.map(d -> d.info().simulated()).orElse(false));
        var names = node.putArray("capabilities");
        capabilities().forEach(c -> names.add(c.name()));
        driver.ifPresent(d -> node.set("state", d.state().json()));
        node.set("interlock", interlock.state().json());
        return node;
    }

    /** Ends the threads of the interlock and of the driver. */
    @Override
    public void close() {
        driver.ifPresent(Driver::close);
        interlock.close();
    }

    private Outcome move(Driver body, Command command, Permit permit, Progress progress) throws InterruptedException {
        if (!permit.begin()) {
            return permit.endedByLatch()
                    ? Outcome.blocked("estop_set", "the stop latch is set")
                    : Outcome.blocked("stopped", "a stop came before the motion began");
        }
        var returned = false;
        try {
            var outcome = body.execute(command, permit, progress);
            returned = true;
            return settle(outcome, permit);
        } catch (InterruptedException e) {
            interlock.protectiveStop("the motion's thread was interrupted");
            returned = true;
            throw e;
        } finally {
            if (!returned) {
                // A driver that throws is a broken machine, and nobody knows what it is doing.
                interlock.stop("robot", "the driver failed");
            }
        }
    }

    private Outcome settle(Outcome outcome, Permit permit) {
        if (outcome.fault()) {
            interlock.stop("robot", "fault of the hardware: " + outcome.reason().orElse("unknown"));
            return outcome;
        }
        if (outcome.status() == Outcome.Status.OK || permit.live()) {
            return outcome;
        }
        return (permit.endedByLatch()
                        ? Outcome.blocked("estop", "the stop latch was set during the motion")
                        : Outcome.blocked("stopped", "a protective stop cut the motion"))
                .with(outcome.trajectory(), outcome.events());
    }

    private Optional<Plan.Infeasible> limits(Command command) {
        if (driver.isEmpty()) {
            return Optional.of(noBackend());
        }
        var capability = capability(command.capability());
        if (capability.isEmpty()) {
            return Optional.of(notImplemented());
        }
        for (var need : capability.get().needs()) {
            if (!command.envelope().answers(need)) {
                return Optional.of(
                        new Plan.Infeasible("limit_missing", "the manifest declares no limit for " + word(need)));
            }
            if (!driver.get().info().enforces().contains(need)) {
                return Optional.of(new Plan.Infeasible("limit_unenforced", "the robot does not enforce " + word(need)));
            }
        }
        return Optional.empty();
    }

    private static String word(Need need) {
        return switch (need) {
            case JOINT_SPEED -> "joint speed";
            case LINEAR_SPEED -> "linear speed";
            case TOOL_SPEED -> "tool speed";
            case WORKSPACE -> "the workspace";
            case PAYLOAD -> "the payload";
            case JOINT_RANGE -> "joint ranges";
        };
    }

    private static Plan.Infeasible noBackend() {
        return new Plan.Infeasible("no_backend", "no robot driver is open");
    }

    private static Plan.Infeasible notImplemented() {
        return new Plan.Infeasible("not_implemented", "the robot has no such capability");
    }
}
