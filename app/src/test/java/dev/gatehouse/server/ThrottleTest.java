package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Guessing tokens (threats.md T7.3). */
class ThrottleTest {
    @Test
    @DisplayName("T7.3: after ten failures from one address it gets 429, others do not, and a stop is never throttled")
    void bruteForce() {
        try (var server = TestServer.start()) {
            var guesser = server.withToken("guess");
            for (var i = 0; i < 11; i++) {
                assertThat(guesser.get("/v1/whoami").status()).isEqualTo(401);
            }

            var throttled = guesser.get("/v1/whoami");
            assertThat(throttled.status()).isEqualTo(429);
            assertThat(throttled.code()).isEqualTo("too_many_failures");
            assertThat(throttled.header("Retry-After")).isEqualTo("60");
            assertThat(throttled.json().path("retry_after_s").intValue()).isEqualTo(60);

            var fromThere = "Bearer " + Who.BUTTON.token();
            assertThat(guesser.get("/v1/whoami", "Authorization", fromThere).status())
                    .isEqualTo(429);
            assertThat(guesser.post("/v1/estop", "", "Authorization", fromThere).status())
                    .isEqualTo(200);
            assertThat(guesser.post("/v1/estop", "").status()).isEqualTo(401);
            assertThat(server.as(Who.READER).get("/v1/whoami").status()).isEqualTo(200);
            assertThat(server.stranger().get("/healthz").status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName(
            "D14.4: failures are recorded by their source, fewer the more there are, and without what was presented")
    void recorded() {
        try (var server = TestServer.start()) {
            var guesser = server.withToken("guess-guess-guess-guess");
            for (var i = 0; i < 10; i++) {
                guesser.get("/v1/whoami");
            }

            await().until(() -> server.audit("auth_failed").size() == 4);
            var records = server.audit("auth_failed");
            assertThat(records)
                    .extracting(record -> record.path("failures").intValue())
                    .containsExactly(1, 2, 4, 8);
            assertThat(records).allSatisfy(record -> {
                assertThat(record.path("source").asString()).startsWith("127.1.");
                assertThat(record.path("reason").asString()).isEqualTo("unknown bearer");
                assertThat(record.toString()).doesNotContain("guess");
            });
        }
    }

    @Test
    @DisplayName("T7.3, D14.4: wrong tokens at the door for stops are recorded alike, and close it to nobody")
    void stopListener() {
        try (var server = TestServer.start()) {
            var source = Sources.fresh();
            for (var i = 0; i < 40; i++) {
                assertThat(stop(server, source, "guess-guess-guess-guess")).startsWith("HTTP/1.1 401");
            }
            assertThat(stop(server, source, Who.BUTTON.token())).startsWith("HTTP/1.1 200");

            await().until(() -> server.audit("auth_failed").size() == 6);
            assertThat(server.audit("auth_failed")).allSatisfy(record -> {
                assertThat(record.path("source").asString()).isEqualTo(source.getHostAddress());
                assertThat(record.path("reason").asString()).isEqualTo("unknown bearer on the stop listener");
                assertThat(record.toString()).doesNotContain("guess");
            });
        }
    }

    private static String stop(TestServer server, InetAddress source, String token) {
        try (var connection = RawConnection.to(server.stopPort(), source)) {
            return connection
                    .send("POST /v1/estop HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                    .readToEnd(Duration.ofSeconds(10));
        }
    }
}
