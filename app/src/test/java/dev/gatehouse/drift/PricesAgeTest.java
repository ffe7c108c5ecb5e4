package dev.gatehouse.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.agent.embedded.EngineSettings;
import dev.gatehouse.drift.Finding.State;
import dev.gatehouse.server.ServerConfig.DriverChoice;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("20: a price list grows old")
class PricesAgeTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Report at(String when) throws InterruptedException {
        var subject = new Subject(
                directory.resolve("ROBOT.md"),
                new DriverChoice.None(),
                Optional.empty(),
                Optional.empty(),
                Set.of(EngineSettings.DEFAULT_MODEL),
                EngineSettings.PUBLIC_API,
                Optional.empty());
        return new Drift(subject, directory.resolve("none.json"), Clock.fixed(Instant.parse(when), ZoneOffset.UTC))
                .check();
    }

    @Test
    void fresh() throws Exception {
        assertThat(at("2026-11-20T00:00:00Z").named(State.FITS)).contains("prices");
    }

    @Test
    void old() throws Exception {
        var report = at("2027-11-20T00:00:00Z");

        assertThat(report.named(State.DRIFTED)).containsExactly("prices");
        assertThat(report.text()).contains("367 days old");
        assertThat(report.exitCode()).isEqualTo(1);
    }
}
