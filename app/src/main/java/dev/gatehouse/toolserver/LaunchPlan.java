package dev.gatehouse.toolserver;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the process of a tool server is started, each time alike (D16.5).
 *
 * @param arguments complete, with the manifest
 * @param environment everything it gets to see of ours
 */
public record LaunchPlan(Program program, List<String> arguments, Map<String, String> environment) {
    private static final List<String> PASSED_ON = List.of("PATH", "HOME", "LANG");

    public LaunchPlan {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /**
     * The plan for a command of the operator's.
     *
     * @param arguments as configured; if there are none, the manifest's path is the only one
     * @param manifest empty if the server was started without one
     * @param ours our own environment
     * @throws ToolServerException if the command names no program
     */
    public static LaunchPlan of(
            String command, List<String> arguments, Optional<Path> manifest, Map<String, String> ours)
            throws ToolServerException {
        var path = manifest.map(file -> file.toAbsolutePath().toString());
        var environment = new TreeMap<String, String>();
        for (var name : PASSED_ON) {
            if (ours.containsKey(name)) {
                environment.put(name, ours.get(name));
            }
        }
        path.ifPresent(file -> environment.put("ROBOT_MD_PATH", file));
        var all = new ArrayList<>(arguments);
        if (all.isEmpty()) {
            path.ifPresent(all::add);
        }
        return new LaunchPlan(Program.find(command, ours.getOrDefault("PATH", "")), all, environment);
    }
}
