package dev.gatehouse.gate;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.YamlMembers;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a stop reaches the robot beside its driver, and what is done if the robot does not confirm it (D8.4, D16.6).
 *
 * @param commandsFile whether a line is also written where a robot-md server looks for it
 * @param escalate what is done in turn, each {@link #KILL_MOTION} or {@link #HOOK}
 * @param hook program and its arguments; empty for none
 */
public record StopWays(boolean commandsFile, List<String> escalate, List<String> hook) {
    /** Ends the process of the tool server, with everything it started. */
    public static final String KILL_MOTION = "kill_motion";

    /** Runs the operator's program. */
    public static final String HOOK = "hook";

    private static final String DRIVER = "driver";
    private static final String COMMANDS_FILE = "commands_jsonl";

    public StopWays {
        escalate = List.copyOf(escalate);
        hook = List.copyOf(hook);
    }

    /** Only what this version does may be asked for: a stop that somebody relies on must not be ignored. */
    static StopWays read(YamlMembers stop) throws ConfigException {
        var channels = stop.optional("channels", list -> list.each(item -> item.word(Set.of(DRIVER, COMMANDS_FILE))))
                .orElse(List.of(DRIVER));
        if (!channels.contains(DRIVER)) {
            throw stop.owner().error("stop.channels must name the driver");
        }
        var escalate = stop.optional("escalate", list -> list.each(item -> item.word(Set.of(KILL_MOTION, HOOK))))
                .orElse(List.of());
        var hook = stop.strings("hook");
        if (escalate.contains(HOOK) == hook.isEmpty()) {
            throw stop.owner().error("stop.escalate must name the hook, and stop.hook the program that it is");
        }
        if (!hook.isEmpty() && !hook.getFirst().startsWith("/")) {
            throw stop.owner().error("stop.hook must begin with the absolute path of a program");
        }
        return new StopWays(channels.contains(COMMANDS_FILE), escalate, hook);
    }

    /** The first setting that means nothing without a tool server, if there is one. */
    Optional<String> foreign() {
        if (commandsFile) {
            return Optional.of("stop.channels: " + COMMANDS_FILE);
        }
        return escalate.contains(KILL_MOTION) ? Optional.of("stop.escalate: " + KILL_MOTION) : Optional.empty();
    }
}
