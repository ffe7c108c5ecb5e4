package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("E7.2: gatehouse engines")
class EnginesCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    @DisplayName("engines with versions and self-test, models with prices, limits in force")
    void json() throws Exception {
        var policy = Files.writeString(directory.resolve("policy.yaml"), "{version: 1, limits: {max_tasks: 3}}");

        var run = CliRun.of("engines", "--json", "--policy", policy.toString());

        assertThat(run.exit()).as(run.err()).isZero();
        var json = Json.read(run.out());
        assertThat(json.at("/engines/0/name").asString()).isEqualTo("embedded");
        assertThat(json.at("/engines/0/version").asString()).startsWith("anthropic-java ");
        assertThat(json.at("/engines/0/self_test").asString()).isEqualTo("passed");
        assertThat(json.at("/engines/1/rehearsal").booleanValue()).isTrue();
        assertThat(json.at("/models/claude-sonnet-5-5/in").decimalValue()).isEqualByComparingTo("2");
        assertThat(json.at("/models/claude-sonnet-5-5/out").decimalValue()).isEqualByComparingTo("10");
        assertThat(json.at("/limits/max_tasks").intValue()).isEqualTo(3);
        assertThat(json.at("/limits/max_turns").intValue()).isEqualTo(100);
    }

    @Test
    void forPeople() {
        assertThat(CliRun.of("engines").out())
                .contains("embedded", "rehearsal", "self-test passed", "claude-haiku-4-5", "in 1, out 5", "max_tasks");
    }

    @Test
    void wrongPrices() throws Exception {
        var prices = Files.writeString(directory.resolve("prices.yaml"), "{version: x, currency: EUR, models: {}}");

        var run = CliRun.of("engines", "--prices", prices.toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("must be USD");
    }
}
