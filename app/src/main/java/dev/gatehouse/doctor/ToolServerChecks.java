package dev.gatehouse.doctor;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.gate.Policy;
import dev.gatehouse.gate.StopWays;
import dev.gatehouse.server.ServerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What becomes of a stop where a tool server moves the robot (dispatcher.md D16.6). */
final class ToolServerChecks {
    private static final String CHECK = "tool server";

    private ToolServerChecks() {}

    static List<Finding> of(Optional<ServerConfig> config) {
        if (config.isEmpty() || !(config.get().driver() instanceof ServerConfig.DriverChoice.ToolServer chosen)) {
            return List.of();
        }
        try {
            return of(chosen.command(), Policy.in(config.get().policy()));
        } catch (ConfigException e) {
            return List.of(); // The check of the policy says it.
        }
    }

    private static List<Finding> of(String command, Policy policy) {
        var findings = new ArrayList<Finding>();
        findings.add(
                Finding.ok(CHECK, command + "; the limits of ROBOT.md are its own to keep, they cannot be checked"));
        var ways = new ArrayList<String>();
        ways.add("a stop is handed to its tool estop at once and is done when it answers");
        if (policy.stop().commandsFile()) {
            ways.add("robot-md's own server reads it from commands.jsonl up to 200 ms later, also while it is busy");
        }
        var kills = policy.stop().escalate().contains(StopWays.KILL_MOTION);
        if (kills) {
            ways.add("its processes are ended if it did not answer in "
                    + policy.stopAck().toMillis() + " ms");
        }
        var text = String.join("; ", ways);
        findings.add(
                kills || policy.stop().commandsFile()
                        ? Finding.ok("stop delay", text)
                        : Finding.warning(
                                "stop delay",
                                text + "; while it is busy and does not listen, nothing stops it",
                                "put commands_jsonl into stop.channels or kill_motion into stop.escalate of the policy"));
        return findings;
    }
}
