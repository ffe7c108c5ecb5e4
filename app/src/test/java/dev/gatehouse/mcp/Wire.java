package dev.gatehouse.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.time.ManualTicker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/** A client that writes lines to a server in this process and reads what comes back, line by line. */
final class Wire implements AutoCloseable {
    final Workshop workshop = new Workshop();
    final ManualTicker ticker = new ManualTicker();
    private final LinkedBlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final PipedOutputStream toServer = new PipedOutputStream();
    private final Thread serving;
    private volatile boolean hungUp;

    Wire() {
        try {
            var in = new PipedInputStream(toServer, 1 << 16);
            var server = new StdioServer(workshop.service(), Workshop.READER, in, new Lines(), ticker);
            serving = Thread.ofPlatform().start(server::run);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes apart what the server writes; anything that is not one JSON value a line fails the test that waits for it. */
    private final class Lines extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) throws IOException {
            if (hungUp) {
                throw new IOException("Broken pipe");
            }
            if (b == '\n') {
                messages.add(parsed(line.toString(StandardCharsets.UTF_8)));
                line.reset();
            } else {
                line.write(b);
            }
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return Json.read(text);
        } catch (MalformedJsonException e) {
            return Json.object().put("not protocol", text);
        }
    }

    void line(String line) {
        bytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void bytes(byte[] bytes) {
        try {
            toServer.write(bytes);
            toServer.flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next message of the server. */
    JsonNode next() {
        try {
            var message = messages.poll(20, TimeUnit.SECONDS);
            assertThat(message).as("a message within 20 s").isNotNull();
            return message;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    JsonNode ask(String line) {
        line(line);
        return next();
    }

    /** A request of the era with a handshake. */
    JsonNode call(int id, String method, String params) {
        return ask(request(id, method, params));
    }

    static String request(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    /** A request that stands for itself. */
    static String modern(int id, String method, String members) {
        return request(id, method, "{" + members + (members.isEmpty() ? "" : ",") + META + "}");
    }

    static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{},"
            + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}";

    Wire initialized(String revision) {
        var answer = call(
                0,
                "initialize",
                "{\"protocolVersion\":\"" + revision
                        + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}");
        assertThat(answer.path("result").path("protocolVersion").asString()).isEqualTo(revision);
        line("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        return this;
    }

    /** Asserts that the server has said nothing that was not read: it answers this, and nothing before it. */
    void silent() {
        var answer = ask(modern(99, "server/discover", ""));
        assertThat(answer.path("id").intValue()).isEqualTo(99);
    }

    /** Lets whoever watches resources look again. */
    void lookAgain() {
        try {
            ticker.awaitSleepers(1);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
        ticker.advance(ResourceWatch.PERIOD);
    }

    /** From now on nobody reads what the server writes. */
    void hangUp() {
        hungUp = true;
    }

    /** Closes the server's input, as a client that ends does, and waits until it has ended. */
    void end() {
        try {
            toServer.close();
            serving.join(20_000);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(serving.isAlive()).as("the server still runs").isFalse();
    }

    int unread() {
        return messages.size();
    }

    @Override
    public void close() {
        workshop.finish.countDown();
        end();
    }
}
