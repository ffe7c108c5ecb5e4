package dev.gatehouse.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("20: the sample timer of drift")
class DriftTimerTest {
    private static final Path UNITS = Path.of("..", "packaging", "systemd");
    private static final Path SERVICE = UNITS.resolve("gatehouse-drift.service");
    private static final Pattern LEVEL = Pattern.compile("Overall exposure level for \\S+: ([0-9.]+)");

    @Test
    @DisplayName("runs the verb, with settings the verb takes from the environment")
    void verb() throws Exception {
        assertThat(Files.readString(SERVICE))
                .contains(
                        "\nExecStart=/opt/gatehouse/bin/gatehouse drift\n",
                        "EnvironmentFile=/etc/gatehouse/gatehouse.env")
                .doesNotContain("MemoryDenyWriteExecute");
        assertThat(UNITS.resolve("gatehouse-drift.timer"))
                .content()
                .contains("[Timer]", "OnCalendar=", "Persistent=true");
        assertThat(CliRun.of("drift", "--help").out())
                .contains("ROBOT_MD_PATH", "GATEHOUSE_POLICY", "GATEHOUSE_STATE_DIR");
    }

    @Test
    @DisplayName("D17.1: its exposure is that of the server at most")
    void exposure() throws Exception {
        var words = List.of("systemd-analyze", "security", "--offline=true", "--no-pager", SERVICE.toString());
        Process process;
        try {
            process = new ProcessBuilder(words).redirectErrorStream(true).start();
        } catch (IOException e) {
            abort("*** SKIPPED: no systemd-analyze on this machine ***");
            throw e;
        }
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        var level = LEVEL.matcher(said);
        assertThat(level.find()).as(said).isTrue();
        assertThat(Double.parseDouble(level.group(1))).isLessThanOrEqualTo(3.5);
    }
}
