package dev.gatehouse.gate;

import dev.gatehouse.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** A policy in the form of its file, with every member that holds, set or not: read again, it is the same policy. */
public final class PolicyText {
    private static final int MILLI = 3;

    private PolicyText() {}

    /** One member a line; the values are JSON, which is YAML. */
    public static String of(Policy policy) {
        return members(policy).properties().stream()
                .map(member -> member.getKey() + ": " + Json.line(member.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static ObjectNode members(Policy policy) {
        var out = Json.object().put("version", 1);
        var tools = out.putObject("tools");
        new TreeSet<>(policy.alwaysApprove())
                .forEach(tool -> tools.putObject(tool).put("approval", "always"));
        out.set("read_only_capabilities", Json.tree(sorted(policy.readOnlyCapabilities())));
        out.put("gaps", policy.gapsAllowed() ? "allow" : "ask");
        out.putObject("approvals")
                .put("self_approve", policy.selfApprove())
                .put("needed", policy.approvalsNeeded())
                .put("ttl_s", policy.approvalTtl().toSeconds());
        out.putObject("disconnect")
                .put("grace_s", BigDecimal.valueOf(policy.disconnectGrace().toMillis(), MILLI))
                .set("allow", Json.tree(sorted(policy.disconnectAllowed())));
        out.putObject("limits")
                .put("max_tasks", policy.maxTasks())
                .put("max_queue", policy.maxQueue())
                .put("deadline_s", policy.maxDeadline().toSeconds())
                .put("probe_steps", policy.probeSteps());
        out.putObject("stop").put("ack_ms", policy.stopAck().toMillis());
        out.put("mcp_estop_clear", policy.mcpEstopClear());
        policy.surfacePin().ifPresent(pin -> out.put("surface_sha256", pin));
        return out;
    }

    private static List<String> sorted(Set<String> names) {
        return List.copyOf(new TreeSet<>(names));
    }
}
