package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditSettings;
import dev.gatehouse.json.Json;
import dev.gatehouse.terminal.Glyphs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("D14.8: gatehouse audit verify")
class AuditVerifyTest {
    private static final Glyphs SIGNS = Glyphs.ofStandardOutput();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path records;

    @BeforeEach
    void write() throws Exception {
        try (var log = AuditLog.open(AuditSettings.of(directory, "b-test"))) {
            for (var i = 0; i < 3; i++) {
                log.write(AuditEntry.of(AuditEvent.TASK_CREATED).withTask("tsk-" + i));
            }
        }
        try (var files = Files.newDirectoryStream(directory, "audit-*.ndjson")) {
            records = files.iterator().next();
        }
    }

    private CliRun verify(String... flags) {
        var words = new String[flags.length + 4];
        words[0] = "audit";
        words[1] = "verify";
        words[2] = "--dir";
        words[3] = directory.toString();
        System.arraycopy(flags, 0, words, 4, flags.length);
        return CliRun.of(words);
    }

    private void verdict(int exit, String sign, String json) throws Exception {
        assertThat(verify().exit()).isEqualTo(exit);
        assertThat(verify().out()).startsWith(sign);
        var run = verify("--json");
        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.err()).isEmpty();
        assertThat(Json.line(Json.read(run.out()))).contains(json);
    }

    @Test
    void intact() throws Exception {
        verdict(0, SIGNS.yes() + " intact: ", "\"intact\"");
    }

    @Test
    void tampered() throws Exception {
        Files.writeString(records, Files.readString(records).replace("tsk-1", "tsk-9"));

        verdict(1, SIGNS.no() + " tampered: ", "\"tampered\"");
    }

    @Test
    void tornLastLine() throws Exception {
        Files.writeString(records, "{\"v\":1,\"seq\":", StandardOpenOption.APPEND);

        verdict(3, "~ incomplete: ", "\"incomplete\"");
    }

    @Test
    @DisplayName("--from leaves what lies before it alone, so that a log can go on after damage")
    void from() throws Exception {
        var last = AuditTailTest.last(directory);
        Files.writeString(records, Files.readString(records).replace("tsk-0", "tsk-9"));

        assertThat(verify("--from", "1").exit()).isEqualTo(1);
        var run = verify("--json", "--from", String.valueOf(last));
        assertThat(run.exit()).as(run.out()).isZero();
        assertThat(Json.read(run.out()).path("records").longValue()).isEqualTo(1);
    }

    @Test
    void wrongUsage() {
        assertThat(verify("--from", "first").exit()).isEqualTo(2);
    }
}
