package dev.gatehouse.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.client.FaultyLink;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CronExampleTest {
    private static final Example CRON = new Example("cron");
    private static final Pattern JOB =
            Pattern.compile("(?m)^[0-9*,/-]+ [0-9*,/-]+ [0-9*,/-]+ [0-9*,/-]+ [0-9*,/-]+  (\\S+)");
    private static final Pattern KEY = Pattern.compile("Idempotency-Key: \"([0-9a-f]{64})\"");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    @Test
    @DisplayName("the crontab starts the script, which is there and can be run")
    void crontab() {
        var jobs = JOB.matcher(CRON.text("crontab")).results().toList();

        assertThat(jobs).hasSize(1);
        var script = CRON.file(Path.of(jobs.getFirst().group(1)).getFileName().toString());
        assertThat(script).isExecutable();
    }

    @Test
    @DisplayName(
            "D18.2, D13.3: run twice in one minute, the job sends the same key and is one task; the report is on standard output alone")
    void doubled() throws Exception {
        Program.needed("sh");
        Files.createDirectories(home.resolve(".config/gatehouse"));
        Example.secret(home.resolve(".config/gatehouse/token"), Who.READER.token());
        try (var server = TestServer.start();
                var link = FaultyLink.to(server.url())) {
            var environment = Map.of("PATH", Program.installed(home), "GATEHOUSE_URL", link.url());
            Instant minute;
            do {
                minute = minute();
                for (var i = 0; i < 2; i++) {
                    var run = Program.run(
                            home, environment, CRON.file("morning-look").toString());
                    assertThat(run.exit()).as(run.err()).isZero();
                    assertThat(run.err()).isEmpty();
                    assertThat(run.out()).contains("nothing was moved");
                }
            } while (!minute.equals(minute()));

            assertThat(link.sent()).contains("\"effect\":\"observe\"");
            var keys = KEY.matcher(link.sent())
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(keys.getLast()).isEqualTo(keys.get(keys.size() - 2));
            var orders = Set.copyOf(keys).size();
            await().until(() -> server.audit("task_ended").size() >= orders);
            assertThat(server.audit("task_created"))
                    .as("one task for each minute")
                    .hasSize(orders);
        }
    }

    private static Instant minute() {
        return Instant.now().truncatedTo(ChronoUnit.MINUTES);
    }
}
