package dev.gatehouse.cli;

import dev.gatehouse.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** The members of an order beside its goal (dispatcher.md 3.4). Their bounds are the server's business, which names the one that is out. */
final class OrderOptions {
    @Option(names = "--max-turns", paramLabel = "N", description = "Answers of the model, 1 to 100. Default: 20.")
    private @Nullable Integer maxTurns;

    @Option(names = "--max-budget-usd", paramLabel = "USD", description = "What it may cost, up to 50. Default: 0.50.")
    private @Nullable BigDecimal maxBudgetUsd;

    @Option(
            names = "--effect",
            paramLabel = "EFFECT",
            description =
                    "observe: the task may look and nothing else; actuate: it may move the robot. Default: what your"
                            + " token may do.")
    private @Nullable String effect;

    @Option(names = "--engine", paramLabel = "NAME", description = "embedded, claude-code or rehearsal.")
    private @Nullable String engine;

    @Option(names = "--model", paramLabel = "NAME", description = "The model. Default: the server's.")
    private @Nullable String model;

    @Option(names = "--deadline-s", paramLabel = "S", description = "Seconds the task has in all. Default: 900.")
    private @Nullable Integer deadline;

    @Option(names = "--queue", description = "Wait for the robot instead of being told that it is busy.")
    private boolean queue;

    @Option(
            names = "--stream",
            paramLabel = "LEVEL",
            description = "result, progress or full: how much is told. Default: progress.")
    private @Nullable String stream;

    @Option(
            names = "--on-disconnect",
            paramLabel = "WHAT",
            description =
                    "stop, finish_step or continue, when this command is gone. Default: stop; with --async continue.")
    private @Nullable String onDisconnect;

    @Option(
            names = "--deadman-s",
            paramLabel = "S",
            description =
                    "Say within every S seconds, 2 to 60, that this command is still there, and have the robot stopped if"
                            + " the server does not hear it, for example behind a proxy. Default: the connection counts alone.")
    private @Nullable Integer deadMan;

    @Option(
            names = "--approval-wait-s",
            paramLabel = "S",
            description = "Seconds a call waits for a person to agree. Default: 300.")
    private @Nullable Integer approvalWait;

    @Option(names = "--deltas", description = "The model's text as it is written, with --ndjson.")
    private boolean deltas;

    @Option(names = "--label", paramLabel = "NAME=VALUE", description = "Stored with the task. Repeat it for more.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--on-behalf-of",
            paramLabel = "CALLER",
            description = "Whom you act for, if your token may act for others.")
    private @Nullable String onBehalfOf;

    /** The body of the request; what was not said is left to the server. */
    ObjectNode body(String goal) {
        var body = Json.object().put("goal", goal);
        put(body, "max_turns", maxTurns);
        put(body, "max_budget_usd", maxBudgetUsd);
        put(body, "effect", effect);
        put(body, "engine", engine);
        put(body, "model", model);
        put(body, "deadline_s", deadline);
        put(body, "queue", queue ? true : null);
        put(body, "stream", stream);
        put(body, "on_disconnect", onDisconnect);
        put(body, "deadman_s", deadMan);
        put(body, "approval_wait_s", approvalWait);
        put(body, "deltas", deltas ? true : null);
        put(body, "labels", labels.isEmpty() ? null : labels);
        put(body, "on_behalf_of", onBehalfOf);
        return body;
    }

    /** How much is to be told of the task, if that was said. */
    Optional<String> streamLevel() {
        return Optional.ofNullable(stream);
    }

    /** Within what time the caller says again that it is there, if it promises that. */
    Optional<Duration> deadMan() {
        return Optional.ofNullable(deadMan).map(Duration::ofSeconds);
    }

    private static void put(ObjectNode body, String member, @Nullable Object value) {
        if (value != null) {
            body.set(member, Json.tree(value));
        }
    }
}
