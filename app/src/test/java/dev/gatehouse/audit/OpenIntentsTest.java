package dev.gatehouse.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("D1.6 intents without outcome")
class OpenIntentsTest {
    @TempDir
    private Path directory;

    @Test
    void areGroupedByTask() throws Exception {
        try (var log = AuditLog.open(Logs.settings(directory).withRotateBytes(2000))) {
            log.write(Logs.call(AuditEvent.TOOL_INTENT, "tsk-1", "cal-1"));
            log.write(Logs.call(AuditEvent.TOOL_OUTCOME, "tsk-1", "cal-1"));
            log.write(Logs.call(AuditEvent.TOOL_INTENT, "tsk-1", "cal-2"));
            var second = log.write(Logs.call(AuditEvent.TOOL_INTENT, "tsk-2", "cal-3"));
            log.write(Logs.call(AuditEvent.TOOL_INTENT, "tsk-2", "cal-4"));
            log.write(Logs.call(AuditEvent.TOOL_OUTCOME, "tsk-2", "cal-4"));
            log.write(Logs.call(AuditEvent.TOOL_INTENT, "tsk-3", "cal-5").withTask(null));
            log.write(Logs.call(AuditEvent.GATE_DENY, "tsk-4", "cal-6"));

            var open = log.openIntents(1);
            assertThat(open.byTask()).containsOnlyKeys("tsk-1", "tsk-2");
            assertThat(open.calls("tsk-1")).containsExactly("cal-2");
            assertThat(open.calls("tsk-2")).containsExactly("cal-3");
            assertThat(open.calls("tsk-4")).isEmpty();
            assertThat(open.withoutTask()).containsExactly("cal-5");
            assertThat(log.openIntents(second).byTask()).containsOnlyKeys("tsk-2");
        }
    }

    @Test
    @DisplayName("T20.4 a crash after the intent leaves it visible")
    void survivesReopening() throws Exception {
        try (var log = AuditLog.open(Logs.settings(directory))) {
            log.write(Logs.call(AuditEvent.TOOL_INTENT, "tsk-1", "cal-1"));
        }
        try (var log = AuditLog.open(Logs.settings(directory))) {
            assertThat(log.openIntents(1).calls("tsk-1")).containsExactly("cal-1");
        }
    }
}
