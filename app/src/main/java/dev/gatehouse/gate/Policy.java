package dev.gatehouse.gate;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.config.YamlMembers;
import dev.gatehouse.config.YamlValue;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.robot.Probe;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.ToolRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the operator allows beyond the manifest (dispatcher.md 6.3).
 *
 * @param alwaysApprove tools that need a person for every call
 * @param readOnlyCapabilities capabilities the operator knows to move nothing; the backend must agree
 * @param gapsAllowed whether what may move something, and no gate of the manifest covers, goes ahead unasked (robot-md.md 10.3)
 * @param selfApprove whether a requester may approve itself, for a single operator (D7.4)
 * @param approvalsNeeded how many different people must agree
 * @param approvalTtl how long a granted approval waits to be used, at most 60 s (D7.5)
 * @param disconnectGrace how long a caller may be gone before the policy acts (D11.3)
 * @param dailyMicros micro-dollars that all callers together may spend on models in one UTC day (D10.3)
 * @param requireDeadMan whether an order that may move the robot and comes through a proxy needs a dead-man lease (D11.6)
 * @param probeSteps farthest that discover turns a joint, encoder steps (robot-md.md 10.12)
 * @param stop how a stop reaches the robot, and what is done when the robot does not confirm it in time (D8.4)
 * @param toolRules what the tools of an external server do, by the operator's word (D6.6)
 * @param artifacts what is kept of what tasks bring (engines.md E2.12)
 * @param mcpEstopClear whether a call may clear the stop with a token that a person with that right gave for it (6.2)
 * @param localOperators what users of this machine may do on the Unix socket, by user id (D2.3)
 * @param surfacePin hash of the tool surface the operator pinned, if any (D6.7)
 * @param sha256 hash of this policy, part of every decision
 */
public record Policy(
        Set<String> alwaysApprove,
        Set<String> readOnlyCapabilities,
        boolean gapsAllowed,
        boolean selfApprove,
        int approvalsNeeded,
        Duration approvalTtl,
        Set<String> disconnectAllowed,
        Duration disconnectGrace,
        boolean requireDeadMan,
        int maxTasks,
        int maxQueue,
        Duration maxDeadline,
        long dailyMicros,
        int probeSteps,
        Duration stopAck,
        StopWays stop,
        ToolRules toolRules,
        ArtifactRules artifacts,
        boolean mcpEstopClear,
        Map<Integer, Set<Role>> localOperators,
        Optional<String> surfacePin,
        String sha256) {

    private static final Set<String> READ_ONLY_CAPABILITIES = Set.of("status.report", "vision.describe");
    private static final double MOST_USD = 1_000_000;
    private static final Pattern UID = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final String ASK = "ask";
    private static final String ALLOW = "allow";
    private static final Set<String> GAPS = Set.of(ASK, ALLOW);
    private static final Set<String> DISCONNECT = Set.of("stop", "finish_step", "continue");

    private static final Set<String> TOOL_MEMBERS = Set.of("effect", "approval");
    private static final Pattern PATTERN = Pattern.compile("[a-z0-9]+_[a-z0-9_]*\\*");

    private static final Map<Integer, Set<Role>> LOCAL_OPERATORS =
            Map.of(0, Set.of(Role.ADMIN, Role.APPROVE, Role.CLEAR));

    /**
     * The policy of the operator's file, or the built-in one where there is no file.
     *
     * @throws ConfigException if the file cannot be read, or is not as it must be
     */
    public static Policy in(Optional<Path> file) throws ConfigException {
        return file.isPresent() ? StrictYaml.read(file.get(), Policy::read) : builtIn();
    }

    /** The policy of a server that was given none. */
    public static Policy builtIn() {
        try {
            return read(StrictYaml.read("version: 1"));
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads {@code policy.yaml}.
     *
     * @throws ConfigException if a member is unknown or a value out of bounds
     */
    public static Policy read(YamlValue file) throws ConfigException {
        var root = file.members(Set.of(
                "version",
                "tools",
                "patterns",
                "read_only_capabilities",
                "gaps",
                "approvals",
                "disconnect",
                "limits",
                "stop",
                "artifacts",
                "mcp_estop_clear",
                "local_operators",
                "surface_sha256"));
        var _ = root.required("version").integer(1, 1);
        var readOnly = root.strings("read_only_capabilities");
        var approvals = root.section("approvals", Set.of("self_approve", "needed", "ttl_s"));
        var disconnect = root.section("disconnect", Set.of("allow", "grace_s", "require_deadman"));
        var limits = root.section("limits", Set.of("max_tasks", "max_queue", "daily_usd", "deadline_s", "probe_steps"));
        var stop = root.section("stop", Set.of("channels", "ack_ms", "escalate", "hook"));
        return new Policy(
                alwaysApprove(root),
                readOnly.isEmpty() ? READ_ONLY_CAPABILITIES : Set.copyOf(readOnly),
                root.optional("gaps", value -> value.word(GAPS)).orElse(ASK).equals(ALLOW),
                approvals.optional("self_approve", YamlValue::bool).orElse(false),
                approvals.integer("needed", 1, 10, 1),
                Duration.ofSeconds(approvals.integer("ttl_s", 1, 60, 60)),
                disconnect
                        .optional("allow", value -> Set.copyOf(value.each(item -> item.word(DISCONNECT))))
                        .orElse(DISCONNECT),
                disconnect.optional("grace_s", Policy::grace).orElse(Duration.ofSeconds(3)),
                disconnect.optional("require_deadman", YamlValue::bool).orElse(false),
                limits.integer("max_tasks", 1, 1000, 4),
                limits.integer("max_queue", 0, 100_000, 1000),
                Duration.ofSeconds(limits.integer("deadline_s", 5, 86_400, 86_400)),
                limits.optional("daily_usd", Policy::micros).orElse(50_000_000L),
                limits.integer("probe_steps", 1, Probe.MAX_STEPS, Probe.MAX_STEPS),
                Duration.ofMillis(stop.integer("ack_ms", 50, 10_000, 500)),
                StopWays.read(stop),
                toolRules(root),
                ArtifactRules.read(root.section("artifacts", Set.of("keep", "task_mb"))),
                root.optional("mcp_estop_clear", YamlValue::bool).orElse(false),
                root.optional("local_operators", Policy::operators).orElse(LOCAL_OPERATORS),
                root.optional("surface_sha256", YamlValue::string),
                CanonicalJson.sha256(file.jsonObject()));
    }

    /**
     * What both allow. Of the settings that are neither strict nor lax, such as the stop hook, those of the other hold (6.3: a task keeps the
     * policy it started with, except that a stricter one applies at once).
     */
    public Policy and(Policy other) {
        if (equals(other)) {
            return this;
        }
        var mine = both(other, sha256);
        if (mine.equals(this)) {
            return this;
        }
        return both(other, other.sha256).equals(other)
                ? other
                : both(other, CanonicalJson.sha256(PolicyText.members(mine)));
    }

    private Policy both(Policy other, String hash) {
        return new Policy(
                union(alwaysApprove, other.alwaysApprove),
                common(readOnlyCapabilities, other.readOnlyCapabilities),
                gapsAllowed && other.gapsAllowed,
                selfApprove && other.selfApprove,
                Math.max(approvalsNeeded, other.approvalsNeeded),
                shorter(approvalTtl, other.approvalTtl),
                common(disconnectAllowed, other.disconnectAllowed),
                shorter(disconnectGrace, other.disconnectGrace),
                requireDeadMan || other.requireDeadMan,
                Math.min(maxTasks, other.maxTasks),
                Math.min(maxQueue, other.maxQueue),
                shorter(maxDeadline, other.maxDeadline),
                Math.min(dailyMicros, other.dailyMicros),
                Math.min(probeSteps, other.probeSteps),
                other.stopAck,
                other.stop,
                other.toolRules,
                artifacts.and(other.artifacts),
                mcpEstopClear && other.mcpEstopClear,
                other.localOperators,
                other.surfacePin,
                hash);
    }

    /** The first setting that means nothing without a tool server of the operator's own, if there is one. */
    public Optional<String> needsToolServer() {
        return stop.foreign()
                .or(() -> toolRules.equals(ToolRules.NONE)
                        ? Optional.empty()
                        : Optional.of("an effect or a pattern of tools"));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> common(Set<String> one, Set<String> other) {
        return one.stream().filter(other::contains).collect(Collectors.toUnmodifiableSet());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Set<String> alwaysApprove(YamlMembers root) throws ConfigException {
        var tools = root.optional("tools", value -> value.map(Policy::approval)).orElse(Map.of());
        return tools.entrySet().stream()
                .filter(tool -> tool.getValue().equals("always"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String approval(YamlValue tool) throws ConfigException {
        return tool.members(TOOL_MEMBERS)
                .optional("approval", value -> value.word(Set.of("always", "default")))
                .orElse("default");
    }

    private static ToolRules toolRules(YamlMembers root) throws ConfigException {
        var effects = new HashMap<String, Effect>();
        root.optional("tools", value -> value.map(Policy::effect))
                .orElse(Map.of())
                .forEach((name, effect) -> effect.ifPresent(known -> effects.put(name, known)));
        var patterns = root.section("patterns", Set.of("read"));
        return new ToolRules(
                effects,
                patterns.optional("read", list -> list.each(Policy::pattern)).orElse(List.of()));
    }

    private static Optional<Effect> effect(YamlValue tool) throws ConfigException {
        return tool.members(TOOL_MEMBERS)
                .optional("effect", value -> value.word(Set.of("observe", "actuate", "admin")))
                .map(word -> Effect.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    private static String pattern(YamlValue value) throws ConfigException {
        var pattern = value.string();
        if (!PATTERN.matcher(pattern).matches()) {
            throw value.error("must be the beginning of a name and *, such as get_*");
        }
        return pattern;
    }

    private static long micros(YamlValue usd) throws ConfigException {
        var _ = usd.number(0.000001, MOST_USD);
        return usd.decimal().movePointRight(6).longValue();
    }

    private static Map<Integer, Set<Role>> operators(YamlValue value) throws ConfigException {
        var operators = new HashMap<Integer, Set<Role>>();
        for (var operator : value.map(roles -> roles).entrySet()) {
            if (!UID.matcher(operator.getKey()).matches()) {
                throw operator.getValue().error("must be under a user id such as 1000");
            }
            operators.put(
                    Integer.valueOf(operator.getKey()),
                    Set.copyOf(operator.getValue().each(role -> BearersFile.one(Role.class, role))));
        }
        return Map.copyOf(operators);
    }

    private static Duration grace(YamlValue seconds) throws ConfigException {
        return Duration.ofMillis(Math.round(seconds.number(0.001, 60) * 1000));
    }
}
