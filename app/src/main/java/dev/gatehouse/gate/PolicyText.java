package dev.gatehouse.gate;

import dev.gatehouse.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** A policy in the form of its file, with every member that holds, set or not: read again, it is the same policy. */
public final class PolicyText {
    private static final int MILLI = 3;
    private static final int MICRO = 6;

    private PolicyText() {}

    /** One member a line; the values are JSON, which is YAML. */
    public static String of(Policy policy) {
        return members(policy).properties().stream()
                .map(member -> member.getKey() + ": " + Json.line(member.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    static ObjectNode members(Policy policy) {
        var out = Json.object().put("version", 1);
        var tools = out.putObject("tools");
        new TreeMap<>(policy.toolRules().effects())
                .forEach((tool, effect) -> tools.putObject(tool).put("effect", effect.wire()));
        new TreeSet<>(policy.alwaysApprove())
                .forEach(tool -> tools.withObjectProperty(tool).put("approval", "always"));
        if (!policy.toolRules().readPatterns().isEmpty()) {
            out.putObject("patterns").set("read", Json.tree(policy.toolRules().readPatterns()));
        }
        out.set("read_only_capabilities", Json.tree(sorted(policy.readOnlyCapabilities())));
        out.put("gaps", policy.gapsAllowed() ? "allow" : "ask");
        out.putObject("approvals")
                .put("self_approve", policy.selfApprove())
                .put("needed", policy.approvalsNeeded())
                .put("ttl_s", policy.approvalTtl().toSeconds());
        out.putObject("disconnect")
                .put("grace_s", BigDecimal.valueOf(policy.disconnectGrace().toMillis(), MILLI))
                .put("require_deadman", policy.requireDeadMan())
                .set("allow", Json.tree(sorted(policy.disconnectAllowed())));
        out.putObject("limits")
                .put("max_tasks", policy.maxTasks())
                .put("max_queue", policy.maxQueue())
                .put("deadline_s", policy.maxDeadline().toSeconds())
                .put("daily_usd", BigDecimal.valueOf(policy.dailyMicros(), MICRO))
                .put("probe_steps", policy.probeSteps());
        var stop = out.putObject("stop").put("ack_ms", policy.stopAck().toMillis());
        if (policy.stop().commandsFile()) {
            stop.putArray("channels").add("driver").add("commands_jsonl");
        }
        if (!policy.stop().escalate().isEmpty()) {
            stop.set("escalate", Json.tree(policy.stop().escalate()));
        }
        if (!policy.stop().hook().isEmpty()) {
            stop.set("hook", Json.tree(policy.stop().hook()));
        }
        out.putObject("artifacts")
                .put("task_mb", policy.artifacts().taskMegabytes())
                .set("keep", Json.tree(policy.artifacts().keep()));
        out.put("mcp_estop_clear", policy.mcpEstopClear());
        var operators = out.putObject("local_operators");
        new TreeMap<>(policy.localOperators())
                .forEach((uid, roles) -> operators.set(
                        uid.toString(),
                        Json.tree(roles.stream().map(Role::wire).sorted().toList())));
        policy.surfacePin().ifPresent(pin -> out.put("surface_sha256", pin));
        return out;
    }

    private static List<String> sorted(Set<String> names) {
        return List.copyOf(new TreeSet<>(names));
    }
}
