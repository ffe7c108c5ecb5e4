package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The Unix socket: the kernel says who calls (D2.3). */
class LocalSocketTest {
    private static final int OPERATOR = 65_534;
    private static final int STRANGER = 65_533;

    @TempDir
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.with()
                .in(home)
                .policy("local_operators: {" + OPERATOR + ": [admin, approve, clear], 0: [admin, clear]}\n")
                .start();
    }

    @AfterEach
    void end() {
        server.close();
    }

    private Path socket() {
        return ServerFile.read(server.state()).flatMap(ServerFile::socket).orElseThrow();
    }

    /** One request as this user; the status and the body. */
    private JsonNode send(String method, String path, Optional<String> token, String body) {
        var request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + token.map(t -> "Authorization: Bearer " + t + "\r\n").orElse("")
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            var answer = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            var json = Json.object().put("status", Integer.parseInt(answer.substring(9, 12)));
            json.set("body", Json.read(answer.substring(answer.indexOf("\r\n\r\n") + 4)));
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode mine(String method, String path, String body) {
        return send(method, path, Optional.empty(), body);
    }

    /** What curl says as another user of this machine. */
    private String as(int uid, String... arguments) throws Exception {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root can be somebody else");
        for (var directory : List.of(home, home.resolve("run"))) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        var words = new ArrayList<>(List.of("setpriv", "--reuid=" + uid, "--regid=0", "--clear-groups", "curl", "-s"));
        words.addAll(List.of("--unix-socket", socket().toString()));
        words.addAll(List.of(arguments));
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @Test
    @DisplayName("D2.3: the user the server runs as may stop and nothing else, whatever the policy says")
    void ownUser() {
        var whoami = mine("GET", "/v1/whoami", "");
        assertThat(whoami.path("status").intValue()).isEqualTo(200);
        assertThat(whoami.path("body").path("caller").asString()).startsWith("local:");
        assertThat(whoami.path("body").path("tier").asString()).isEqualTo("none");
        assertThat(whoami.path("body").path("roles").toString()).isEqualTo("[\"stop\"]");
        assertThat(whoami.path("body").path("surface").asString()).isEqualTo("cli");

        assertThat(mine("POST", "/v1/tasks", "{\"goal\":\"look\"}")
                        .path("body")
                        .path("code")
                        .asString())
                .isEqualTo("tier_required");
        var stop = mine("POST", "/v1/estop", "");
        assertThat(stop.path("status").intValue()).isEqualTo(200);
        var clear = mine("POST", "/v1/estop/clear", "{\"latch_id\":\"x\",\"reason\":\"y\"}");
        assertThat(clear.path("body").path("code").asString()).isEqualTo("role_required");
        server.clear();
    }

    @Test
    @DisplayName("2.1: a token counts on the socket as it does elsewhere, and its surface is cli")
    void withToken() {
        var whoami = send("GET", "/v1/whoami", Optional.of(Who.ACTUATOR.token()), "");
        assertThat(whoami.path("body").path("caller").asString()).isEqualTo("actuator");
        assertThat(whoami.path("body").path("surface").asString()).isEqualTo("cli");

        assertThat(send("GET", "/v1/whoami", Optional.of("guess"), "")
                        .path("status")
                        .intValue())
                .isEqualTo(401);
    }

    @Test
    @DisplayName("D2.3: the kernel tells users apart: an operator has the roles of the policy, a stranger none")
    void otherUsers() throws Exception {
        var operator = Json.read(as(OPERATOR, "http://localhost/v1/whoami"));
        assertThat(operator.path("roles").toString()).isEqualTo("[\"admin\",\"approve\",\"clear\",\"stop\"]");

        var stranger = as(STRANGER, "-w", "%{http_code}", "http://localhost/v1/whoami");
        assertThat(stranger).endsWith("401").contains("missing Authorization header");

        // Whatever a request says of its user is not what the kernel says.
        var liar = as(STRANGER, "-w", "%{http_code}", "-H", "X-Remote-User: root", "http://localhost/v1/whoami");
        assertThat(liar).endsWith("401");
    }

    @Test
    @DisplayName(
            "D2.3: server.json names the socket, whose mode keeps others out, and both are gone after an orderly end")
    void file() throws Exception {
        var socket = socket();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-rw----");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("run"))))
                .isEqualTo("rwx------");

        server.stop();
        assertThat(socket).doesNotExist();
        assertThat(ServerFile.read(server.state())).isEmpty();
    }

    @Test
    @DisplayName("D2.3: a socket that a dead server left is replaced, one that is served is not")
    void leftovers(@TempDir Path other) throws Exception {
        var runtime = home.resolve("run");
        try (var second = TestServer.with().in(other).runtime(runtime).start()) {
            assertThat(ServerFile.read(second.state()).flatMap(ServerFile::socket))
                    .hasValueSatisfying(path -> assertThat(path).startsWith(second.state()));
            assertThat(mine("GET", "/v1/whoami", "").path("status").intValue()).isEqualTo(200);
        }
        var path = socket();
        server.stop();
        Files.createFile(path);
        server = TestServer.with().in(home).start();
        assertThat(mine("GET", "/v1/whoami", "").path("status").intValue()).isEqualTo(200);
    }
}
