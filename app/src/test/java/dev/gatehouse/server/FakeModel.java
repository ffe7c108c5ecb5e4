package dev.gatehouse.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A model that thinks in Java: for what no script can say, such as calling tools it was never offered. */
final class FakeModel implements AutoCloseable {
    private final HttpServer server;
    private final Map<JsonNode, String> asked = Collections.synchronizedMap(new LinkedHashMap<>());

    private FakeModel(HttpServer server) {
        this.server = server;
    }

    /** A model whose answers, as event streams, are made by the function from the requests. */
    static FakeModel thinking(Function<JsonNode, String> mind) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            var model = new FakeModel(server);
            server.createContext("/", exchange -> model.answer(exchange, mind));
            server.start();
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Every request so far, with the credential it came with. */
    Map<JsonNode, String> asked() {
        synchronized (asked) {
            return new LinkedHashMap<>(asked);
        }
    }

    private void answer(HttpExchange exchange, Function<JsonNode, String> mind) throws IOException {
        try (exchange) {
            var request = Json.read(exchange.getRequestBody().readAllBytes());
            asked.put(request, exchange.getRequestHeaders().getFirst("Authorization"));
            var count = exchange.getRequestURI().getPath().endsWith("count_tokens");
            var body = (count ? "{\"input_tokens\":100}" : mind.apply(request)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .add("content-type", count ? "application/json" : "text/event-stream; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (MalformedJsonException e) {
            throw new IOException(e);
        }
    }

    /** One tool call of a response. */
    record Call(String tool, ObjectNode arguments) {}

    static Call call(String tool) {
        return new Call(tool, Json.object());
    }

    static Call capability(String name) {
        return new Call("mcp__robot__execute_capability", Json.object().put("capability", name));
    }

    /** A response that says something and ends. */
    static String says(String text) {
        return message("end_turn", List.of(textBlock(0, text)));
    }

    /** A response that calls tools. */
    static String calls(List<Call> calls) {
        var blocks = new ArrayList<String>();
        for (var i = 0; i < calls.size(); i++) {
            var start = Json.object().put("type", "tool_use").put("id", "toolu_" + i);
            start.put("name", calls.get(i).tool()).putObject("input");
            var delta = Json.object().put("type", "input_json_delta");
            delta.put("partial_json", Json.line(calls.get(i).arguments()));
            blocks.add(block(i, start, delta));
        }
        return message("tool_use", blocks);
    }

    /** How many responses the conversation of a request holds. */
    static int responses(JsonNode request) {
        return (int) request.path("messages")
                .valueStream()
                .filter(m -> m.path("role").asString().equals("assistant"))
                .count();
    }

    /** Everything that tools have said so far, as one text. */
    static String toolText(JsonNode request) {
        var text = new StringBuilder();
        request.path("messages")
                .valueStream()
                .flatMap(message -> message.path("content").valueStream())
                .filter(block -> block.path("type").asString("").equals("tool_result"))
                .forEach(block -> text.append(Json.line(block.path("content"))));
        return text.toString();
    }

    private static String textBlock(int index, String text) {
        return block(
                index,
                Json.object().put("type", "text").put("text", ""),
                Json.object().put("type", "text_delta").put("text", text));
    }

    private static String block(int index, ObjectNode start, ObjectNode delta) {
        var begin = Json.object().put("type", "content_block_start").put("index", index);
        begin.set("content_block", start);
        var piece = Json.object().put("type", "content_block_delta").put("index", index);
        piece.set("delta", delta);
        return event(begin)
                + event(piece)
                + event(Json.object().put("type", "content_block_stop").put("index", index));
    }

    private static String message(String stopReason, List<String> blocks) {
        var start = Json.object().put("type", "message_start");
        var message = start.putObject("message");
        message.put("id", "msg_1")
                .put("type", "message")
                .put("role", "assistant")
                .put("model", "m");
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        message.putObject("usage").put("input_tokens", 10).put("output_tokens", 1);
        var end = Json.object().put("type", "message_delta");
        end.putObject("delta").put("stop_reason", stopReason).putNull("stop_sequence");
        end.putObject("usage").put("input_tokens", 10).put("output_tokens", 42);
        return event(start)
                + String.join("", blocks)
                + event(end)
                + event(Json.object().put("type", "message_stop"));
    }

    private static String event(ObjectNode data) {
        return "event: " + data.path("type").asString() + "\ndata: " + Json.line(data) + "\n\n";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
