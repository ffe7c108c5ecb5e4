package dev.gatehouse.cli;

import dev.gatehouse.robot.sim.SimArm;
import dev.gatehouse.server.ServerConfig.DriverChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a robot can be driven by, under the names of {@code --driver}. */
final class Drivers {
    static final String NONE = "none";
    static final String SIMULATED = "sim-arm";
    static final List<String> NAMES = List.of(NONE, SIMULATED);

    /** Every driver of this program with the {@code drivers[].protocol} values it serves. */
    static final Map<String, Set<String>> PROTOCOLS = Map.of(NONE, Set.of(), SIMULATED, Set.of(SimArm.PROTOCOL));

    private Drivers() {}

    /** The choice of this name; empty if there is none. */
    static Optional<DriverChoice> named(String name, Optional<Path> scene) {
        return switch (name) {
            case NONE -> Optional.of(new DriverChoice.None());
            case SIMULATED -> Optional.of(new DriverChoice.Simulated(scene));
            default -> Optional.empty();
        };
    }
}
