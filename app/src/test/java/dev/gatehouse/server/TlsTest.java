package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.http.TlsFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that proves who it is, on the main door and on that of the stop (dispatcher.md section 16, threats.md T25.1). */
class TlsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static HttpRequest request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + Who.BUTTON.token())
                .build();
    }

    @Test
    @DisplayName("T25.1: callers and stops come over TLS, and plain HTTP is answered by neither door")
    void overTls() throws Exception {
        var certificate = TestCertificate.in(directory, "EC");
        var context = TlsFiles.read(certificate.certificate(), certificate.key());
        try (var server = TestServer.with().tls(context).start();
                var client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(certificate.trusting())
                        .build();
                var stranger = HttpClient.newHttpClient()) {
            var who = client.send(request(server.port(), "/v1/whoami"), BodyHandlers.ofString());
            assertThat(who.statusCode()).isEqualTo(200);
            assertThat(who.body()).contains("\"caller\":\"button\"");

            try (var stop = certificate.trusting().getSocketFactory().createSocket("localhost", server.stopPort())) {
                stop.setSoTimeout(10_000);
                stop.getOutputStream()
                        .write(("POST /v1/estop HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + Who.BUTTON.token()
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1));
                assertThat(new String(stop.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 200 OK")
                        .contains("\"latched\":true");
            }
            assertThat(server.robot().interlock().state().latched()).isTrue();

            var found = ServerFile.read(server.state()).orElseThrow();
            assertThat(found.url()).isEqualTo("https://127.0.0.1:" + server.port());
            assertThat(found.stopUrl()).contains("https://127.0.0.1:" + server.stopPort());

            for (var port : new int[] {server.port(), server.stopPort()}) {
                assertThat(RawConnection.exchange(port, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                        .doesNotContain("HTTP/1.1 200", "\"ok\"");
            }
            assertThatThrownBy(() -> stranger.send(request(server.port(), "/healthz"), BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    @DisplayName("T12.1: whoever does not even shake hands is let go after five seconds")
    void silence() throws Exception {
        var certificate = TestCertificate.in(directory, "EC");
        var context = TlsFiles.read(certificate.certificate(), certificate.key());
        try (var server = TestServer.with().tls(context).start();
                var connection = RawConnection.to(server.port())) {
            assertThat(connection.readToEnd(Duration.ofSeconds(12))).isEmpty();
        }
    }
}
