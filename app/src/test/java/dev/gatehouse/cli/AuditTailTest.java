package dev.gatehouse.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditReader;
import dev.gatehouse.audit.AuditSettings;
import dev.gatehouse.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("D14.8: gatehouse audit tail and export")
class AuditTailTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private AuditLog log() throws Exception {
        return AuditLog.open(AuditSettings.of(directory, "b-test"));
    }

    private static void write(AuditLog log, String task) throws Exception {
        log.write(AuditEntry.of(AuditEvent.TASK_CREATED).withTask(task));
    }

    /** Number of the last record. */
    static long last(Path log) throws Exception {
        return new AuditReader(log).last(1).getFirst().path("seq").longValue();
    }

    private CliRun tail(String... flags) {
        var words = new String[flags.length + 4];
        words[0] = "audit";
        words[1] = "tail";
        words[2] = "--dir";
        words[3] = directory.toString();
        System.arraycopy(flags, 0, words, 4, flags.length);
        return CliRun.of(words);
    }

    @Test
    void theNewestInOrder() throws Exception {
        try (var log = log()) {
            for (var i = 0; i < 5; i++) {
                write(log, "tsk-" + i);
            }
        }

        var run = tail("--lines", "2");

        assertThat(run.exit()).isZero();
        assertThat(run.out().lines().filter(line -> line.contains("task_created")))
                .last()
                .asString()
                .matches("\\d+ \\S+Z task_created tsk-4");
        assertThat(run.out().lines()).hasSize(2);
        assertThat(tail("--lines", "0").out()).isEmpty();
    }

    @Test
    void asItIs() throws Exception {
        try (var log = log()) {
            write(log, "tsk-0");
        }

        for (var line : tail("--json").out().lines().toList()) {
            assertThat(Json.read(line).path("hash").asString()).hasSize(64);
        }
    }

    @Test
    @DisplayName("T20.1: what a caller wrote stays on its line and cannot steer the terminal")
    void hostileText() throws Exception {
        try (var log = log()) {
            write(log, "tsk\u001b[2J\n1 2026-01-01T00:00:00Z estop_clear nobody");
        }

        var run = tail("--lines", "1");

        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.out()).contains("\\u001b[2J").doesNotContain("\u001b");
    }

    @Test
    void nothingThere() {
        var run = CliRun.of("audit", "tail", "--dir", directory.resolve("none").toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("cannot be read");
        assertThat(tail("--lines", "1001").exit()).isEqualTo(2);
    }

    @Test
    @Timeout(120)
    @DisplayName("--follow shows records as they are written, each once")
    void follow() throws Exception {
        try (var log = log()) {
            write(log, "tsk-before");
            var words = List.of("audit", "tail", "--follow", "--json", "--lines", "1", "--dir", directory.toString());
            var process = new ProcessBuilder(CliProcess.words(List.of(), words))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var reader = process.inputReader(UTF_8)) {
                assertThat(Json.read(reader.readLine()).path("task").asString()).isEqualTo("tsk-before");
                for (var i = 0; i < 3; i++) {
                    write(log, "tsk-" + i);
                }
                for (var i = 0; i < 3; i++) {
                    assertThat(Json.read(reader.readLine()).path("task").asString())
                            .isEqualTo("tsk-" + i);
                }
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void export() throws Exception {
        var records = Files.createDirectory(directory.resolve("log"));
        try (var log = AuditLog.open(AuditSettings.of(records, "b-test"))) {
            write(log, "tsk-0");
        }
        var target = directory.resolve("export").toString();

        var run = CliRun.of("audit", "export", "--dir", records.toString(), target);

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("wrote " + target, "intact", "VERIFY.md");
        assertThat(CliRun.of("audit", "verify", "--dir", target).exit()).isZero();
        var again = CliRun.of("audit", "export", "--dir", records.toString(), target);
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("is there already");
        assertThat(CliRun.of("audit", "export", "--dir", directory.resolve("no").toString(), target + "2")
                        .exit())
                .isEqualTo(2);
    }
}
