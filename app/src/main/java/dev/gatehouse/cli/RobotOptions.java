package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.server.ServerConfig.DriverChoice;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which robot a verb is about, said as {@code serve} is told; its verb takes {@link ServeVariables} for defaults. */
final class RobotOptions {
    @Option(
            names = "--robot-md",
            paramLabel = "FILE",
            defaultValue = "ROBOT.md",
            description = "The robot's manifest (ROBOT_MD_PATH). Default: ${DEFAULT-VALUE}.")
    private Path robotMd = Path.of("ROBOT.md");

    @Option(
            names = "--driver",
            paramLabel = "NAME",
            defaultValue = Drivers.NONE,
            description = "What drives the robot: none or sim-arm (GATEHOUSE_DRIVER). Default: ${DEFAULT-VALUE}.")
    private String driver = Drivers.NONE;

    @Option(
            names = "--scene",
            paramLabel = "FILE",
            description = "What stands on the bench of the simulated arm. Default: scene.yaml beside the manifest.")
    private @Nullable Path scene;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The operator's policy (GATEHOUSE_POLICY). Default: built in.")
    private @Nullable Path policy;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "Lines NAME=value for whatever is neither a flag nor in the environment (GATEHOUSE_ENV_FILE)."
                    + " Default: none.")
    private @Nullable Path envFile;

    /**
     * Reads the env file once more, as {@link ServeVariables} did: what is wrong with it must not be passed over.
     *
     * @throws ConfigException if it is broken
     */
    void check() throws ConfigException {
        if (envFile != null) {
            var _ = EnvFile.read(envFile);
        }
    }

    Path robotMd() {
        return robotMd;
    }

    Optional<Path> policy() {
        return Optional.ofNullable(policy);
    }

    DriverChoice driver(CommandSpec command) {
        return Drivers.named(driver, scene, command);
    }
}
