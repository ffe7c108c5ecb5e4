package dev.gatehouse.cli;

import dev.gatehouse.robot.sim.SimArm;
import dev.gatehouse.server.ServerConfig.DriverChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a robot can be driven by, under the names of {@code --driver}. */
final class Drivers {
    static final String NONE = "none";
    static final String SIMULATED = "sim-arm";
    static final List<String> NAMES = List.of(NONE, SIMULATED);

    /** Every driver of this program with the {@code drivers[].protocol} values it serves. */
    static final Map<String, Set<String>> PROTOCOLS = Map.of(NONE, Set.of(), SIMULATED, Set.of(SimArm.PROTOCOL));

    private Drivers() {}

    /**
     * The choice of this name.
     *
     * @throws ParameterException if there is none
     */
    static DriverChoice named(String name, @Nullable Path scene, CommandSpec command) {
        return named(name, Optional.ofNullable(scene))
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(), "unknown driver " + name + "; known: " + String.join(", ", NAMES)));
    }

    /** The choice of this name; empty if there is none. */
    static Optional<DriverChoice> named(String name, Optional<Path> scene) {
        return switch (name) {
            case NONE -> Optional.of(new DriverChoice.None());
            case SIMULATED -> Optional.of(new DriverChoice.Simulated(scene));
            default -> Optional.empty();
        };
    }
}
