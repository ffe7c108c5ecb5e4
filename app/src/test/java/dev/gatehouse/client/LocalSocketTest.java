package dev.gatehouse.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.json.Json;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The socket of this machine, in front of a real server. */
class LocalSocketTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private ServerSocketChannel socket;

    @BeforeEach
    void bind() throws IOException {
        socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path()));
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
    }

    private Path path() {
        return directory.resolve("gatehouse.sock");
    }

    private ServerConnection connection(Who who) {
        return ServerConnection.local(path(), Optional.of(Secret.of(who.token())));
    }

    /** Answers the next connection with this and hangs up. */
    private void answer(String answer) {
        Thread.ofVirtual().start(() -> {
            try (var caller = socket.accept()) {
                caller.read(ByteBuffer.allocate(8192));
                caller.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    @DisplayName("D18.1: requests, refusals and streams go over the local socket as they go over the network")
    void asOverTheNetwork() throws Exception {
        try (var server = TestServer.start()) {
            SocketBridge.start(socket, server.url());

            assertThat(connection(Who.READER)
                            .get("/v1/whoami")
                            .body()
                            .path("caller")
                            .asString())
                    .isEqualTo("reader");
            assertThat(connection(Who.READER).get("/v1/nothing").status()).isEqualTo(404);
            assertThat(connection(Who.BUTTON)
                            .stop(Call.post("/v1/estop"), Duration.ofSeconds(5))
                            .status())
                    .isEqualTo(200);
            assertThat(ServerConnection.local(path(), Optional.empty())
                            .get("/v1/whoami")
                            .status())
                    .as("no token is sent where none is given")
                    .isEqualTo(401);
            var events = new ArrayList<JsonNode>();
            var following = new Following(connection(Who.READER), listener(events), Patience.standard());
            assertThat(following.dispatch(
                            Call.post("/dispatch", Json.object().put("goal", "describe the arm")), Optional.empty()))
                    .isInstanceOf(Outcome.Ended.class);
            assertThat(events).hasSizeGreaterThan(5);
        }
    }

    private static Following.Listener listener(List<JsonNode> events) {
        return new Following.Listener() {
            @Override
            public void event(JsonNode event) {
                events.add(event);
            }

            @Override
            public void said(String message) {
                throw new AssertionError(message);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "SSH-2.0-OpenSSH\r\n",
                "HTTP/1.1 200 OK\r\nnothing\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}{}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{}",
            })
    @DisplayName("what is no answer of HTTP is an error, and no half of it is believed")
    void malformed(String answer) {
        answer(answer);

        assertThatThrownBy(() -> connection(Who.READER).get("/v1/status")).isInstanceOf(IOException.class);
    }

    @Test
    void chunksAreJoined() throws Exception {
        answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\n{\"a\":\r\n2\r\n1}\r\n0\r\n\r\n");

        assertThat(connection(Who.READER).get("/v1/status").body().path("a").asInt())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("a server that accepts and says nothing is given up")
    void silence() {
        var call = Call.post("/v1/estop");

        assertThatThrownBy(() -> connection(Who.READER).stop(call, Duration.ofMillis(100)))
                .isInstanceOf(IOException.class);
    }
}
