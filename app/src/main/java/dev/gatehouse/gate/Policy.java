package dev.gatehouse.gate;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.Fields;
import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the operator allows beyond the manifest (dispatcher.md 6.3).
 *
 * @param alwaysApprove tools that need a person for every call
 * @param readOnlyCapabilities capabilities the operator knows to move nothing; the backend must agree
 * @param selfApprove whether a requester may approve itself, for a single operator (D7.4)
 * @param approvalsNeeded how many different people must agree
 * @param approvalTtl how long a granted approval waits to be used, at most 60 s (D7.5)
 * @param disconnectGrace how long a caller may be gone before the policy acts (D11.3)
 * @param surfacePin hash of the tool surface the operator pinned, if any (D6.7)
 * @param sha256 hash of this policy, part of every decision
 */
public record Policy(
        Set<String> alwaysApprove,
        Set<String> readOnlyCapabilities,
        boolean selfApprove,
        int approvalsNeeded,
        Duration approvalTtl,
        Set<String> disconnectAllowed,
        Duration disconnectGrace,
        int maxTasks,
        int maxQueue,
        Duration maxDeadline,
        Duration stopAck,
        Optional<String> surfacePin,
        String sha256) {

    private static final Set<String> READ_ONLY_CAPABILITIES = Set.of("status.report", "vision.describe");
    private static final Set<String> DISCONNECT = Set.of("stop", "finish_step", "continue");

    /** The policy of a server that was given none. */
    public static Policy builtIn() {
        try {
            return read(Json.object().put("version", 1), "built-in policy");
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads {@code policy.yaml}.
     *
     * @throws ConfigException if a key is unknown or a value out of bounds
     */
    public static Policy read(JsonNode file, String where) throws ConfigException {
        var fields = new Fields(file, where);
        if (fields.optionalInt("version", 1, 1).isEmpty()) {
            throw fields.fault("version", "is required and must be 1");
        }
        var always = new HashSet<String>();
        var tools = fields.mapping("tools");
        if (tools.isPresent()) {
            for (var name : tools.get().keys()) {
                var tool = tools.get().mapping(name).orElseThrow(() -> fields.fault("tools", "needs a mapping a tool"));
                var approval = tool.optionalText("approval").orElse("default");
                if (!Set.of("always", "default").contains(approval)) {
                    throw tool.fault("approval", "must be always or default");
                }
                if (approval.equals("always")) {
                    always.add(name);
                }
                tool.done();
            }
        }
        var readOnly = fields.texts("read_only_capabilities");
        var approvals = section(fields, "approvals", where);
        var disconnect = section(fields, "disconnect", where);
        var limits = section(fields, "limits", where);
        var stop = section(fields, "stop", where);
        var allowed = disconnect.texts("allow");
        if (!DISCONNECT.containsAll(allowed)) {
            throw disconnect.fault("allow", "may hold stop, finish_step and continue");
        }
        var policy = new Policy(
                Set.copyOf(always),
                readOnly.isEmpty() ? READ_ONLY_CAPABILITIES : Set.copyOf(readOnly),
                approvals.flag("self_approve", false),
                approvals.optionalInt("needed", 1, 10).orElse(1),
                Duration.ofSeconds(approvals.optionalInt("ttl_s", 1, 60).orElse(60)),
                allowed.isEmpty() ? DISCONNECT : Set.copyOf(allowed),
                grace(disconnect),
                limits.optionalInt("max_tasks", 1, 1000).orElse(4),
                limits.optionalInt("max_queue", 0, 100_000).orElse(1000),
                Duration.ofSeconds(limits.optionalInt("deadline_s", 5, 86_400).orElse(86_400)),
                Duration.ofMillis(stop.optionalInt("ack_ms", 50, 10_000).orElse(500)),
                fields.optionalText("surface_sha256"),
                CanonicalJson.sha256(file));
        for (var part : List.of(approvals, disconnect, limits, stop, fields)) {
            part.done();
        }
        return policy;
    }

    /** Reads {@code policy.yaml} from a file; see {@link #read(JsonNode, String)}. */
    public static Policy read(java.nio.file.Path file) throws ConfigException {
        return read(StrictYaml.read(file), file.toString());
    }

    private static Duration grace(Fields disconnect) throws ConfigException {
        var seconds = disconnect.optionalAmount("grace_s").orElse(BigDecimal.valueOf(3));
        if (seconds.compareTo(BigDecimal.valueOf(60)) > 0) {
            throw disconnect.fault("grace_s", "must be at most 60");
        }
        return Duration.ofMillis(seconds.movePointRight(3).longValue());
    }

    private static Fields section(Fields fields, String key, String where) throws ConfigException {
        var section = fields.mapping(key);
        return section.isPresent() ? section.get() : new Fields(Json.object(), where + "." + key);
    }
}
