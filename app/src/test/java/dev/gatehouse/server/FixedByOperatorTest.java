package dev.gatehouse.server;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no request can choose: commands, hosts, files, addresses (threats.md T10). */
class FixedByOperatorTest {
    private static final Pattern CHOOSES = Pattern.compile(
            "command|cmd|argv|args|shell|exec|url|uri|host|endpoint|proxy|env|file|path|dir|mcp|policy|bearer|callback|hook");

    private static final List<String> WISHES = List.of(
            "mcp_command",
            "mcp_args",
            "command",
            "argv",
            "base_url",
            "model_url",
            "url",
            "callback_url",
            "webhook",
            "env",
            "policy",
            "permission_mode",
            "robot_md",
            "bearers",
            "cwd",
            "tools");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    @DisplayName("D3.4, E7.1, T10.1: no field of an order names a command, a host, a file or a URL")
    void noFieldChooses() {
        var fields =
                Contract.document().at("/components/schemas/Order/properties").propertyNames();

        assertThat(fields)
                .contains("goal")
                .noneMatch(
                        field -> CHOOSES.matcher(field.toLowerCase(Locale.ROOT)).find());
    }

    @Test
    @DisplayName("T10.1: whatever else an order asks for is ignored by name, and changes nothing")
    void wishesAreIgnored() {
        var asked = new AtomicInteger();
        try (var elsewhere = listening(exchange -> asked.incrementAndGet());
                var server = TestServer.start()) {
            var order = Json.object().put("goal", "look around");
            WISHES.forEach(wish -> order.put(wish, elsewhere.url()));

            var log = server.as(Who.READER).run(Json.line(order));

            assertThat(log.status()).isEqualTo("completed");
            var ignored = new TreeSet<String>();
            log.ofType("accepted").getFirst().path("ignored_fields").forEach(name -> ignored.add(name.asString()));
            assertThat(ignored).containsExactlyInAnyOrderElementsOf(WISHES);
            assertThat(asked).hasValue(0);
        }
    }

    @Test
    @DisplayName("T10.1: what the model is asked is the same, byte for byte, whatever else an order asks for")
    void wishesChangeNoRequest() {
        try (var model = FakeModel.thinking(request -> FakeModel.says("done"));
                var server = TestServer.with().model(model.url()).start()) {
            var plain = Json.object().put("goal", "look around");
            server.as(Who.READER).run(Json.line(plain));
            var asked = asked(model);
            assertThat(asked).isNotEmpty();

            var order = plain.deepCopy();
            WISHES.forEach(wish -> order.put(wish, "http://127.0.0.1:9"));
            assertThat(server.as(Who.READER).run(Json.line(order)).status()).isEqualTo("completed");
            assertThat(asked(model)).isEqualTo(asked);
        }
    }

    /** What it was asked so far, each request once; the fence around the manifest is another each time. */
    private static Set<String> asked(FakeModel model) {
        return model.asked().keySet().stream()
                .map(request -> Json.line(request).replaceAll("[0-9a-f]{32}", "fence"))
                .collect(toSet());
    }

    @Test
    @DisplayName("T10.2: no text of a request is ever read by a shell")
    void metacharacters() {
        var trace = directory.resolve("trace");
        try (var server = TestServer.start()) {
            for (var text :
                    List.of("; touch %s", "$(touch %s)", "`touch %s`", "| touch %s", "&& touch %s", "\n touch %s")) {
                var attack = text.formatted(trace);
                var order = Json.object().put("goal", "look around " + attack);
                order.putObject("labels").put("x", attack.length() > 64 ? "x" : attack);
                server.as(Who.READER).run(Json.line(order));
                server.as(Who.READER)
                        .post("/v1/tools/vision_find", Json.line(Json.object().put("descriptor_id", attack)));
            }
        }

        assertThat(Files.exists(trace)).isFalse();
    }

    @Test
    @DisplayName("E7.1, T10.3: a model API that redirects is not followed, and no key goes where it points")
    void redirects() {
        var asked = new AtomicInteger();
        try (var elsewhere = listening(exchange -> asked.incrementAndGet());
                var model = listening(
                        exchange -> exchange.getResponseHeaders().add("Location", elsewhere.url() + "/v1/messages"));
                var server = TestServer.with().model(model.url()).start()) {
            var log = server.as(Who.READER).run("{\"goal\":\"x\",\"deadline_s\":20}");

            assertThat(log.status()).isEqualTo("failed");
            assertThat(asked).hasValue(0);
        }
    }

    /** A server that answers everything with 307 and counts. */
    private static Listening listening(Visit visit) {
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
            http.createContext("/", exchange -> {
                try (exchange) {
                    visit.by(exchange);
                    exchange.sendResponseHeaders(307, -1);
                }
            });
            http.start();
            return new Listening(http);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private interface Visit {
        void by(com.sun.net.httpserver.HttpExchange exchange);
    }

    private record Listening(HttpServer http) implements AutoCloseable {
        String url() {
            return "http://127.0.0.1:" + http.getAddress().getPort();
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
