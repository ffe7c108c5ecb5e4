package dev.gatehouse.agent.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.NullMarked;
import tools.jackson.databind.JsonNode;

/** A model endpoint that answers request after request with what a test lined up, byte for byte. */
@NullMarked
final class ScriptedEndpoint implements AutoCloseable {
    private final HttpServer server;
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    record Request(String path, String authorization, JsonNode body) {}

    interface Reply {
        void send(HttpExchange exchange) throws IOException;
    }

    ScriptedEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    ScriptedEndpoint then(Reply reply) {
        replies.add(reply);
        return this;
    }

    /** A whole stream. */
    ScriptedEndpoint thenStream(String... events) {
        return then(exchange -> {
            open(exchange);
            write(exchange, String.join("", events));
        });
    }

    /** The beginning of a stream, and then nothing until the test says so or the client is gone. */
    ScriptedEndpoint thenStreamAndWait(CountDownLatch until, String... events) {
        return then(exchange -> {
            open(exchange);
            write(exchange, String.join("", events));
            await(until);
        });
    }

    ScriptedEndpoint thenStatus(int status, String... headers) {
        return then(exchange -> {
            for (var i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            var body = "{\"type\":\"error\",\"error\":{\"type\":\"some_error\",\"message\":\"BODY-CANARY %s\"}}"
                    .formatted(exchange.getRequestHeaders().getFirst("Authorization"));
            json(exchange, status, body);
        });
    }

    ScriptedEndpoint thenCount(long tokens) {
        return then(exchange -> json(exchange, 200, "{\"input_tokens\":%d}".formatted(tokens)));
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The bodies of the messages requests only. */
    List<JsonNode> prompts() {
        return requests.stream()
                .filter(r -> r.path().equals("/v1/messages"))
                .map(Request::body)
                .toList();
    }

    int pending() {
        return replies.size();
    }

    static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    static void open(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("content-type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
    }

    static void write(HttpExchange exchange, String text) throws IOException {
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private static void json(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            requests.add(new Request(
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    Json.read(body)));
            var reply = replies.poll();
            if (reply == null) {
                json(exchange, 418, "{}");
            } else {
                reply.send(exchange);
            }
        } catch (MalformedJsonException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
