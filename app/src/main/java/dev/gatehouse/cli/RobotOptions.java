package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.server.ServerConfig.DriverChoice;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private final PolicyOptions rules = new PolicyOptions();

    @Mixin
    private final ToolServerOptions toolServer = new ToolServerOptions();

    /**
     * Looks at what the defaults come from.
     *
     * @throws ConfigException if the env file is broken
     */
    void check() throws ConfigException {
        rules.check();
    }

    Path robotMd() {
        return robotMd;
    }

    Optional<Path> policy() {
        return rules.policy();
    }

    /**
     * What moves the robot.
     *
     * @throws ConfigException if a tool server and a driver are both named
     */
    DriverChoice driver(CommandSpec command) throws ConfigException {
        return toolServer.orElse(Drivers.named(driver, scene, command), notice -> {});
    }
}
