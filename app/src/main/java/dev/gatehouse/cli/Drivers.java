package dev.gatehouse.cli;

import dev.gatehouse.server.ServerConfig.DriverChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a robot can be driven by, under the names of {@code --driver}. */
final class Drivers {
    static final String NONE = "none";
    static final String SIMULATED = "sim-arm";
    static final List<String> NAMES = List.of(NONE, SIMULATED);

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
