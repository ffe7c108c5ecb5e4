package dev.gatehouse.server;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.gate.Policy;
import dev.gatehouse.id.Ids;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.robot.Driver;
import dev.gatehouse.robot.Interlock;
import dev.gatehouse.robot.LatchStore;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.robot.StopChannel;
import dev.gatehouse.robot.StopSettings;
import dev.gatehouse.robot.sim.SimBench;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens the driver the operator chose and the interlock above it. */
final class Body {
    private static final Duration REPEAT_STOP = Duration.ofMillis(100);

    private Body() {}

    static Robot open(
            ServerConfig.DriverChoice choice,
            ManifestFile manifest,
            Path latch,
            Supplier<Policy> policy,
            Surroundings surroundings,
            Ids ids,
            Clock clock,
            Ticker ticker)
            throws StartFailure {
        Optional<Driver> driver = switch (choice) {
            case ServerConfig.DriverChoice.None none -> Optional.empty();
            case ServerConfig.DriverChoice.Simulated(var scene) ->
                Optional.of(surroundings.aroundDriver().apply(simulated(manifest, scene, surroundings, clock, ticker)));
        };
        var interlock = Interlock.open(
                LatchStore.file(latch),
                driver.<StopChannel>map(d -> d).orElseGet(StopChannel::none),
                ticker,
                clock,
                ids,
                () -> stopSettings(policy.get()));
        return driver.map(d -> Robot.with(d, interlock)).orElseGet(() -> Robot.without(interlock));
    }

    private static StopSettings stopSettings(Policy policy) {
        return new StopSettings(
                policy.stopAck(),
                REPEAT_STOP,
                policy.stopHook().isEmpty() ? List.of() : List.of(StopHook.running(policy.stopHook())));
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
