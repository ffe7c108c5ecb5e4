package dev.gatehouse.setup;

import dev.gatehouse.config.ConfigException;
import java.nio.file.Path;

/** Opens the robot as a server would, and says what its tools are (section 15, precondition 4). */
@FunctionalInterface
public interface SurfaceProbe {
    /**
     * Hash of the tools.
     *
     * @param driver name of a driver as {@code serve --driver} takes it
     * @throws ConfigException if the robot cannot be opened
     */
    String sha256(Path robotMd, String driver) throws ConfigException;
}
