package dev.gatehouse.toolserver;

import dev.gatehouse.json.ArgumentSchema;
import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Permit;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.terminal.Printable;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Invocation;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolCall;
import dev.gatehouse.tool.ToolResult;
import dev.gatehouse.tool.ToolRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Those tools of a server that somebody may call, as tools of the house (dispatcher.md 6.2). */
public final class ForwardedTools {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardedTools.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,48}");
    private static final int DESCRIPTION = 2048;
    private static final int TITLE = 100;
    private static final int NAMES_SHOWN = 1000;
    private static final List<String> COMPOSING =
            List.of("patternProperties", "$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "unevaluatedProperties");

    private final ToolServer server;
    private final Table table;
    private final Robot robot;

    private ForwardedTools(ToolServer server, ToolRules rules, Robot robot) {
        this.server = server;
        this.table = new Table(rules);
        this.robot = robot;
    }

    /** The tools; one that nobody may call is said in the log and left out (threats.md T3.4). */
    public static List<Tool> of(ToolServer server, ToolRules rules, Robot robot) {
        var forwarded = new ForwardedTools(server, rules, robot);
        var tools = new ArrayList<Tool>();
        var nobodys = new ArrayList<String>();
        for (var said : server.surface().tools()) {
            forwarded.tool(said).ifPresentOrElse(tools::add, () -> nobodys.add(name(said)));
        }
        nobodys.removeAll(Table.HOUSE);
        if (!nobodys.isEmpty()) {
            LOG.warn(
                    "nobody may call these tools of the tool server, because neither the house nor the policy knows what they"
                            + " do, or because their schema cannot be used: {}",
                    Printable.of(String.join(", ", nobodys), NAMES_SHOWN, "…"));
        }
        return tools;
    }

    /** Whether any of the server's tools may move the robot. */
    public static boolean anyMoves(ToolServer server, ToolRules rules) {
        var table = new Table(rules);
        return names(server)
                .anyMatch(name ->
                        table.worst(name).filter(e -> e != Effect.OBSERVE).isPresent());
    }

    /** Whether the server itself can be told to stop. */
    public static boolean canBeStopped(ToolServer server) {
        return server.surface().has(ServerStop.STOP);
    }

    /** The first name for which the operator's word does not count: the server has no such tool, or the house knows better. */
    public static Optional<String> misnamed(ToolServer server, ToolRules rules) {
        return rules.effects().keySet().stream()
                .filter(name -> Table.knows(name) || !server.surface().has(name))
                .sorted()
                .findFirst();
    }

    private static Stream<String> names(ToolServer server) {
        return server.surface().tools().stream().map(ForwardedTools::name);
    }

    private static String name(ObjectNode said) {
        return said.path("name").asString("");
    }

    private Optional<Tool> tool(ObjectNode said) {
        var name = name(said);
        var worst = table.worst(name);
        if (worst.isEmpty()
                || !NAME.matcher(name).matches()
                || !(said.get("inputSchema") instanceof ObjectNode schema)
                || !compiles(schema)) {
            return Optional.empty();
        }
        var effect = worst.get();
        return Optional.of(new Tool(
                name,
                title(said, name),
                cut(Json.wellFormed(said.path("description").asString(""))),
                Table.least(name, effect),
                effect,
                // The server's own hints are not passed on: somebody might believe them (T3.3).
                effect == Effect.OBSERVE ? Tool.Hints.READS : Tool.Hints.MOVES,
                offered(schema, effect),
                // A refusal of ours is a result as well, and need not fit the server's schema of results.
                Optional.empty(),
                arguments -> table.operation(name, effect, arguments, server::barrier),
                this::run));
    }

    private static boolean compiles(ObjectNode schema) {
        try {
            var _ = ArgumentSchema.compile(offered(schema, Effect.ACTUATE)).problem(Json.object());
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** The server's schema, in which unknown members are refused and a person's agreement has its place (6.1 step 3). */
    private static ObjectNode offered(ObjectNode schema, Effect worst) {
        var offered = schema.deepCopy();
        var properties =
                offered.get("properties") instanceof ObjectNode given ? given : offered.putObject("properties");
        properties.remove(List.of(ToolCall.CONFIRM_TOKEN, ToolCall.STEP_TOKENS));
        if (offered.get("required") instanceof ArrayNode required) {
            required.removeIf(name -> name.asString("").equals(ToolCall.CONFIRM_TOKEN));
        }
        if (COMPOSING.stream().noneMatch(offered::has)
                && !offered.path("additionalProperties").isObject()) {
            offered.put("additionalProperties", false);
        }
        if (worst != Effect.OBSERVE) {
            properties
                    .putObject(ToolCall.CONFIRM_TOKEN)
                    .put("type", "string")
                    .put("maxLength", 128)
                    .put("description", "One-time token of a person who agreed to exactly this call.");
        }
        return offered;
    }

    private static String title(ObjectNode said, String name) {
        var title = said.path("title").asString("");
        return title.isBlank() ? name : Printable.of(title, TITLE, "…");
    }

    /** At most 2 KiB of UTF-8 (engines.md E2.17). */
    private static String cut(String description) {
        var bytes = description.getBytes(StandardCharsets.UTF_8);
        var end = Math.min(bytes.length, DESCRIPTION);
        while (end < bytes.length && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private ToolResult run(Invocation invocation) throws InterruptedException {
        var permit = invocation.permit();
        return permit.isPresent() ? move(invocation, permit.get()) : look(invocation);
    }

    private ObjectNode arguments(Invocation invocation) {
        var call = invocation.call();
        return invocation.agreed() ? server.agreed(call.tool(), call.arguments()) : call.arguments();
    }

    private ToolResult look(Invocation invocation) throws InterruptedException {
        var call = invocation.call();
        var changes = table.worst(call.tool()).filter(Effect.ADMIN::equals).isPresent();
        return switch (server.look(call.tool(), arguments(invocation), invocation.progress())) {
            case Reply.Result(var result) -> Answers.of(result);
            case Reply.Fault fault -> Answers.of(fault);
            case Reply.Lost(var sent) -> lost(changes && sent);
            case Reply.Withheld() -> withheld();
            case Reply.Cut() -> withheld();
        };
    }

    private ToolResult move(Invocation invocation, Permit permit) throws InterruptedException {
        var call = invocation.call();
        var hold = robot.lock().tryHold(call.id());
        if (hold.isEmpty()) {
            return ToolResult.refused(
                    ToolResult.Outcome.BLOCKED, false, "busy", "the robot is carrying out another command");
        }
        try (var _ = hold.get()) {
            var reply = server.move(call.tool(), arguments(invocation), permit::begin, invocation.progress());
            return switch (reply) {
                case Reply.Result(var result) -> settled(Answers.of(result), permit);
                case Reply.Fault fault -> settled(Answers.of(fault), permit);
                case Reply.Lost(var sent) -> gone(sent);
                case Reply.Withheld() -> permit.live() ? withheld() : stopped(permit);
                case Reply.Cut() -> stopped(permit);
            };
        }
    }

    /** If the work was finished first, the true state wins (D12.3). */
    private static ToolResult settled(ToolResult result, Permit permit) {
        return result.outcome() == ToolResult.Outcome.OK || permit.live() ? result : stopped(permit);
    }

    private static ToolResult stopped(Permit permit) {
        return permit.endedByLatch()
                ? ToolResult.refused(
                        ToolResult.Outcome.ABORTED, false, "estop", "the stop latch was set during the motion")
                : ToolResult.refused(ToolResult.Outcome.ABORTED, false, "stopped", "a protective stop cut the motion");
    }

    /** Nobody knows what the robot does now, and nobody can ask: it is stopped by whatever way there is. */
    private ToolResult gone(boolean sent) {
        if (sent) {
            robot.interlock().stop("robot", "the tool server was lost during a motion");
        }
        return lost(sent);
    }

    private static ToolResult lost(boolean mayHaveActed) {
        return mayHaveActed
                ? ToolResult.refused(
                        ToolResult.Outcome.UNKNOWN,
                        true,
                        "tool_server_lost",
                        "the tool server ended before it answered; the effect of the call is unknown")
                : ToolResult.refused(
                        ToolResult.Outcome.ERROR, true, "tool_server_lost", "the tool server ended before it answered");
    }

    private ToolResult withheld() {
        var why = server.barrier();
        return ToolResult.refused(
                ToolResult.Outcome.ERROR,
                true,
                why.map(barrier -> barrier.code()).orElse("tool_server_lost"),
                why.map(barrier -> barrier.message()).orElse("the tool server could not be handed the call"));
    }
}
