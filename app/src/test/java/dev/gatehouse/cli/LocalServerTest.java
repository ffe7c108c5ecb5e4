package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.SocketBridge;
import dev.gatehouse.json.Json;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verbs that are not told where the server is find it by its state directory. */
class LocalServerTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    @DisplayName("D18.1: without --url a verb goes to the server that owns the state directory")
    void byItsPort() {
        try (var server = TestServer.start()) {
            var token = new Bench(server, directory).tokenOf(Who.READER).toString();

            var run = CliRun.of(
                    "dispatch",
                    "-q",
                    "--state-dir",
                    server.state().toString(),
                    "--token-file",
                    token,
                    "describe the arm");

            assertThat(run.exit()).as(run.err()).isZero();
        }
    }

    @Test
    @DisplayName("D18.1: if that server has a local socket, the verb goes there and nowhere else")
    void byItsSocket() throws Exception {
        var path = directory.resolve("gatehouse.sock");
        try (var server = TestServer.start();
                var socket =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path))) {
            SocketBridge.start(socket, server.url());
            // Nobody listens on the port.
            var entry = Json.object().put("host", "127.0.0.1").put("port", 9).put("socket", path.toString());
            entry.put("pid", ProcessHandle.current().pid());
            Files.writeString(directory.resolve("server.json"), Json.line(entry));
            var token = new Bench(server, directory).tokenOf(Who.BUTTON).toString();

            var status = CliRun.of("status", "--state-dir", directory.toString(), "--token-file", token);
            var stop = CliRun.of("estop", "--state-dir", directory.toString(), "--token-file", token);

            assertThat(status.exit()).as(status.err()).isZero();
            assertThat(status.out()).contains(path.toString());
            assertThat(stop.exit()).as(stop.err()).isZero();
        }
    }

    @Test
    @DisplayName(
            "D18.5: estop presses the door for stops alone as well, while the main one takes calls and answers none")
    void byTheStopListener() throws Exception {
        try (var server = TestServer.start();
                var stuck = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var entry = Json.object().put("host", "127.0.0.1").put("port", stuck.getLocalPort());
            entry.put("stop_port", server.stopPort())
                    .put("pid", ProcessHandle.current().pid());
            Files.writeString(directory.resolve("server.json"), Json.line(entry));
            var token = new Bench(server, directory).tokenOf(Who.BUTTON).toString();

            var stop = CliRun.of("estop", "--state-dir", directory.toString(), "--token-file", token);

            assertThat(stop.exit()).as(stop.err()).isZero();
            assertThat(stop.out())
                    .contains("stopped    http://127.0.0.1:" + server.stopPort(), "confirmed by the robot");
            assertThat(stop.err()).contains("does not answer");
        }
    }
}
