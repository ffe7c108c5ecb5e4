package dev.gatehouse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** threats.md T11.1, T24: whatever comes to a door, it answers HTTP that tells nothing, never 500, and the next caller is served. */
class HttpFrontFuzzTest {
    private static final int PATIENCE_MS = 20_000;
    private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.1 (?!500)[1-5][0-9][0-9] ");
    private static final Pattern TELLTALE = Pattern.compile("dev\\.gatehouse|io\\.helidon|java\\.|Exception|/tmp/");
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1");
    private static final String PING = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";

    private static final TestServer SERVER = TestServer.start();

    /** The first byte chooses the door, the rest is what is sent. */
    static Stream<byte[]> seeds() {
        var bearer = "Authorization: Bearer " + Who.READER.token() + "\r\n";
        return Stream.of(
                        "M" + PING,
                        "SPOST / HTTP/1.1\r\n" + bearer + "\r\n",
                        "SPOST /v1/estop HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
                        "MPOST /dispatch HTTP/1.1\r\nHost: 127.0.0.1\r\n" + bearer
                                + "Content-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"goal\":\"look\"}",
                        "MPOST /v1/tasks HTTP/1.1\r\nHost: 127.0.0.1\r\n" + bearer
                                + "Prefer: respond-async, wait=1\r\nIdempotency-Key: \"k\"\r\nContent-Type: application/json\r\n"
                                + "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\nf;x=y\r\n{\"goal\":\"look\"}\r\n0\r\nA: b\r\n\r\n",
                        "MGET /v1/tasks?state=running&limit=-1&label=%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n" + bearer
                                + "Last-Event-ID: 99999999999999999999\r\nForwarded: for=\"[::1]\"\r\n\r\nGET / HTTP/1.1\r\n\r\n",
                        "MPOST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\n" + bearer
                                + "Content-Type: application/json\r\nContent-Length: 46\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void answersOrCloses(byte[] bytes) throws IOException {
        // The fuzzer stops every connection that it was not told of: ours, and that to the endpoint of the rehearsal.
        var _ = BugDetectors.allowNetworkConnections((host, port) -> LOCAL.contains(host));
        if (bytes.length == 0) {
            return;
        }
        var port = bytes[0] == 'S' ? SERVER.stopPort() : SERVER.port();
        var answer = said(port, Arrays.copyOfRange(bytes, 1, bytes.length));

        assertThat(answer)
                .satisfiesAnyOf(
                        text -> assertThat(text).isEmpty(),
                        text -> assertThat(text)
                                .matches(whole -> ANSWER.matcher(whole).lookingAt()));
        assertThat(TELLTALE.matcher(answer).find()).as(answer).isFalse();
        assertThat(said(SERVER.port(), PING.getBytes(StandardCharsets.UTF_8))).contains("{\"ok\":true}");
    }

    /** What a door says to these bytes and nothing more, until it closes. */
    private static String said(int port, byte[] bytes) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MS);
            try {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
            } catch (IOException e) {
                // Who is refused early finds the door closed while still talking.
                return "";
            }
            return read(socket);
        }
    }

    private static String read(Socket socket) {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
