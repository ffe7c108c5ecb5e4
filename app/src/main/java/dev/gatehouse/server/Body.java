package dev.gatehouse.server;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.gate.Policy;
import dev.gatehouse.gate.StopWays;
import dev.gatehouse.id.Ids;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.robot.Driver;
import dev.gatehouse.robot.Escalation;
import dev.gatehouse.robot.Interlock;
import dev.gatehouse.robot.LatchStore;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.robot.StopChannel;
import dev.gatehouse.robot.StopSettings;
import dev.gatehouse.robot.sim.SimBench;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.toolserver.ForwardedTools;
import dev.gatehouse.toolserver.LaunchPlan;
import dev.gatehouse.toolserver.ServerStop;
import dev.gatehouse.toolserver.ToolServer;
import dev.gatehouse.toolserver.ToolServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the operator chose to move the robot with, and the interlock above it.
 *
 * @param channel the way a stop takes, which belongs to the interlock; here only to be asked whether it is there
 * @param server the tool server, if that is what was chosen
 */
record Body(Robot robot, StopChannel channel, Optional<ToolServer> server) implements AutoCloseable {
    private static final Duration REPEAT_STOP = Duration.ofMillis(100);

    /**
     * Opens it.
     *
     * @throws StartFailure if it cannot be opened; then nothing of it is left running
     */
    static Body open(
            ServerConfig.DriverChoice choice,
            ManifestFile manifest,
            Path latch,
            Supplier<Policy> policy,
            Surroundings surroundings,
            Ids ids,
            Clock clock,
            Ticker ticker)
            throws StartFailure {
        return switch (choice) {
            case ServerConfig.DriverChoice.None none -> {
                var channel = StopChannel.none();
                var interlock = interlock(latch, channel, policy, Optional.empty(), ids, clock, ticker);
                yield new Body(Robot.without(interlock), channel, Optional.empty());
            }
            case ServerConfig.DriverChoice.Simulated(var scene) -> {
                var driver = surroundings.aroundDriver().apply(simulated(manifest, scene, surroundings, clock, ticker));
                var interlock = interlock(latch, driver, policy, Optional.empty(), ids, clock, ticker);
                yield new Body(Robot.with(driver, interlock), driver, Optional.empty());
            }
            case ServerConfig.DriverChoice.ToolServer chosen -> {
                var server = started(chosen, manifest, ticker);
                var rules = policy.get().toolRules();
                var channel = new ServerStop(
                        server,
                        ForwardedTools.anyMoves(server, rules),
                        Optional.ofNullable(chosen.environment().get("HOME")).map(Path::of),
                        () -> policy.get().stop().commandsFile(),
                        ticker);
                var interlock = interlock(latch, channel, policy, Optional.of(server), ids, clock, ticker);
                yield new Body(Robot.without(interlock), channel, Optional.of(server));
            }
        };
    }

    /** Whether something other than a driver of ours may move the robot. */
    boolean foreign() {
        return server.isPresent();
    }

    private static ToolServer started(ServerConfig.DriverChoice.ToolServer chosen, ManifestFile manifest, Ticker ticker)
            throws StartFailure {
        var path = Optional.of(manifest.path()).filter(Files::exists);
        try {
            return ToolServer.start(
                    LaunchPlan.of(chosen.command(), chosen.arguments(), path, chosen.environment()), ticker);
        } catch (ToolServerException e) {
            throw configuration(String.valueOf(e.getMessage()));
        }
    }

    private static Interlock interlock(
            Path latch,
            StopChannel channel,
            Supplier<Policy> policy,
            Optional<ToolServer> server,
            Ids ids,
            Clock clock,
            Ticker ticker) {
        return Interlock.open(
                LatchStore.file(latch), channel, ticker, clock, ids, () -> stopSettings(policy.get(), server));
    }

    private static StopSettings stopSettings(Policy policy, Optional<ToolServer> server) {
        var escalations = new ArrayList<Escalation>();
        for (var name : policy.stop().escalate()) {
            if (name.equals(StopWays.HOOK)) {
                escalations.add(StopHook.running(policy.stop().hook()));
            } else {
                server.ifPresent(process -> escalations.add(new Escalation(name, process::killMotion)));
            }
        }
        return new StopSettings(policy.stopAck(), REPEAT_STOP, escalations);
    }

    @Override
    public void close() {
        robot.close();
        server.ifPresent(ToolServer::close);
    }

    private static Driver simulated(
            ManifestFile file, Optional<Path> scene, Surroundings surroundings, Clock clock, Ticker ticker)
            throws StartFailure {
        if (!(file.read() instanceof Manifest manifest)) {
            throw configuration("the simulated arm is built from ROBOT.md, which cannot be read");
        }
        var path = scene.orElseGet(() -> file.path().resolveSibling("scene.yaml"));
        try {
            return SimBench.open(manifest, Files.readString(path), surroundings.faults(), ticker, clock);
        } catch (IOException e) {
            throw configuration("the scene " + path + " cannot be read; name another with --scene");
        } catch (ConfigException | IllegalArgumentException e) {
            throw configuration("the simulated arm cannot be built: " + e.getMessage());
        }
    }

    private static StartFailure configuration(String message) {
        return new StartFailure(StartFailure.Kind.CONFIGURATION, message);
    }
}
