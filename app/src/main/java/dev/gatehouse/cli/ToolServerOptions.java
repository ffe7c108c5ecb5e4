package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.server.ServerConfig.DriverChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Which tool server takes the place of the built-in tools, if any does (D16.5). */
final class ToolServerOptions {
    /** The default of 0.2.0, which its configuration files name. */
    private static final String OLD_DEFAULT = "robot-md-mcp";

    private static final List<String> PASSED_ON = List.of("PATH", "HOME", "LANG");

    @Option(
            names = "--mcp-command",
            paramLabel = "COMMAND",
            defaultValue = "",
            description =
                    "A tool server of your own, by absolute path or a name in PATH; its tools take the place of the"
                            + " built-in ones (ROBOT_MD_MCP_COMMAND). Default: empty, the tools that are built in.")
    private String command = "";

    @Option(
            names = "--mcp-arg",
            paramLabel = "ARGUMENT",
            description =
                    "An argument of that tool server; may be repeated (ROBOT_MD_MCP_ARGS, between white space). Without"
                            + " any, it is given the path of the manifest.")
    private List<String> arguments = List.of();

    @Option(names = "--mcp-args", hidden = true, defaultValue = "", description = "The same in one word.")
    private String splitArguments = "";

    /**
     * What moves the robot: the tool server if there is one, else the driver.
     *
     * @param notice is told what the operator may not expect
     * @throws ConfigException if there are both
     */
    DriverChoice orElse(DriverChoice driver, Consumer<String> notice) throws ConfigException {
        var environment = environment(System.getenv());
        if (command.isBlank()) {
            return driver;
        }
        if (command.equals(OLD_DEFAULT) && !found(environment.getOrDefault("PATH", ""))) {
            notice.accept("the built-in tools are served in place of " + command);
            return driver;
        }
        if (!(driver instanceof DriverChoice.None)) {
            throw new ConfigException("a tool server moves the robot by itself; leave out --driver or --mcp-command");
        }
        return new DriverChoice.ToolServer(command, arguments.isEmpty() ? split() : arguments, environment);
    }

    private List<String> split() {
        return Arrays.stream(splitArguments.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static boolean found(String searchPath) {
        return Arrays.stream(searchPath.split(":"))
                .map(directory -> Path.of(directory).resolve(OLD_DEFAULT))
                .anyMatch(Files::isExecutable);
    }

    private static Map<String, String> environment(Map<String, String> ours) {
        var passed = new HashMap<>(ours);
        passed.keySet().retainAll(PASSED_ON);
        return passed;
    }
}
