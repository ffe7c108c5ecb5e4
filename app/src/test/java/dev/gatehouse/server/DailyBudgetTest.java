package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static dev.gatehouse.server.Scripts.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be spent in a day, and in how many turns, over HTTP (D10.3, threats.md T18.3). */
class DailyBudgetTest {
    private static final String SPEND =
            script("spend", "[{call: [{tool: status}], usage: {input: 100, output: 200}, repeat: forever}]");

    private static TestServer.Builder server(Path home) {
        return TestServer.with()
                .in(home)
                .scripts(SPEND)
                .bearers(Who.file().replace("tier: read, limits: {", "tier: read, limits: {daily_usd: 0.03, "));
    }

    private static Log spend(TestServer server, Who who) {
        return server.as(who).run(goal("spend", ",\"max_turns\":5,\"max_budget_usd\":1.0"));
    }

    @Test
    @DisplayName("D10.3, T18.3: the day of a credential ends its tasks, also after a restart; others go on")
    void aDayIsSpent(@TempDir Path home) {
        try (var server = server(home).start()) {
            var spent = BigDecimal.ZERO;
            Log log;
            do {
                log = spend(server, Who.CAPPED);
                spent = spent.add(log.result().path("total_usd").decimalValue());
                assertThat(spent).isPositive().isLessThanOrEqualTo(new BigDecimal("0.03"));
            } while (!log.status().equals("budget_exceeded"));

            assertThat(log.errorCode()).isEqualTo("daily_budget");
            assertRefused(server.as(Who.CAPPED).post("/dispatch", goal("spend", ",\"max_turns\":5")));
            assertThat(spend(server, Who.READER).status()).as("others go on").isEqualTo("max_turns");
        }
        try (var server = server(home).start()) {
            assertRefused(server.as(Who.CAPPED).post("/dispatch", goal("spend", ",\"max_turns\":5")));
        }
    }

    @Test
    @DisplayName("T18.3: a task that has taken its turns ends max_turns, whatever money is left")
    void turns() {
        try (var server = TestServer.with().scripts(SPEND).start()) {
            var log = server.as(Who.READER).run(goal("spend", ",\"max_turns\":3,\"max_budget_usd\":0.05"));

            assertThat(log.status()).isEqualTo("max_turns");
            assertThat(log.ofType("usage")).hasSize(3);
        }
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("daily_budget");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 86_401);
    }

    @Test
    @DisplayName("6.3: limits.daily_usd of the policy holds for all callers together; when no call fits, 429")
    void everybodysDay(@TempDir Path home) {
        try (var server = server(home).policy("limits: {daily_usd: 0.001}\n").start()) {
            assertRefused(server.as(Who.READER).post("/dispatch", goal("spend")));
        }
    }
}
