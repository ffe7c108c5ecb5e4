package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

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
}
