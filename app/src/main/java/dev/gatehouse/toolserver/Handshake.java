package dev.gatehouse.toolserver;

import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Progress;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.time.TimeLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The first words with a tool server, and the list of its tools (D16.5). */
final class Handshake {
    /** For all of it. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final String REVISION = "2025-06-18";
    private static final Set<String> REVISIONS = Set.of("2024-11-05", "2025-03-26", REVISION, "2025-11-25");
    private static final int MOST_PAGES = 64;
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Connection connection;
    private final Ticker ticker;

    Handshake(Connection connection, Ticker ticker) {
        this.connection = connection;
        this.ticker = ticker;
    }

    /** Greets the server and asks for its tools. */
    Surface greet() throws ToolServerException {
        return limited(() -> {
            initialize();
            return list();
        });
    }

    /** Asks for its tools again. */
    Surface look() throws ToolServerException {
        return limited(this::list);
    }

    private Surface limited(Words words) throws ToolServerException {
        var result = new TimeLimit(ticker, PATIENCE).run(words::say, Deadline.in(LIMIT, ticker), () -> {});
        return switch (result) {
            case TimeLimit.Result.Done<Surface>(var surface) -> surface;
            case TimeLimit.Result.Failed<Surface>(ToolServerException cause) -> throw cause;
            case TimeLimit.Result.Failed<Surface>(var cause) -> throw new IllegalStateException(cause);
            case TimeLimit.Result.Cut<Surface> cut ->
                throw new ToolServerException(
                        "the tool server did not say within " + LIMIT.toSeconds() + " s what it is and has");
        };
    }

    private void initialize() throws ToolServerException, InterruptedException {
        var params = Json.object().put("protocolVersion", REVISION);
        params.putObject("capabilities");
        params.putObject("clientInfo").put("name", "gatehouse").put("version", "1");
        var revision = asked("initialize", params).path("protocolVersion").asString("");
        if (!REVISIONS.contains(revision)) {
            throw new ToolServerException("the tool server speaks none of the revisions of MCP that are known here");
        }
        connection.tell("notifications/initialized", Json.object());
    }

    private Surface list() throws ToolServerException, InterruptedException {
        List<ObjectNode> tools = new ArrayList<>();
        var params = Json.object();
        for (var page = 0; page < MOST_PAGES; page++) {
            var answer = asked("tools/list", params);
            for (var tool : answer.path("tools")) {
                if (!(tool instanceof ObjectNode object)) {
                    throw new ToolServerException("the tool server lists something that is no tool");
                }
                tools.add(object);
            }
            var cursor = answer.path("nextCursor").asString("");
            if (cursor.isEmpty()) {
                return Surface.of(tools);
            }
            params = Json.object().put("cursor", cursor);
        }
        throw new ToolServerException("the list of the tool server's tools does not end");
    }

    private ObjectNode asked(String method, ObjectNode params) throws ToolServerException, InterruptedException {
        return switch (connection.ask(method, params, () -> true).await(Progress.none())) {
            case Reply.Result(var result) -> result;
            case Reply.Fault(var code, var message) ->
                throw new ToolServerException("the tool server answers " + method + " with error " + code);
            case Reply.Lost lost -> throw new ToolServerException("the tool server ended before it answered " + method);
            case Reply.Withheld() -> throw new ToolServerException("the tool server could not be asked");
            case Reply.Cut() -> throw new ToolServerException("the tool server could not be asked");
        };
    }

    /** A part of the conversation. */
    private interface Words {
        Surface say() throws ToolServerException, InterruptedException;
    }
}
