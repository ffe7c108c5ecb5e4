package dev.gatehouse.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.AuditHealth.State;
import dev.gatehouse.audit.FaultyDisk.Fault;
import dev.gatehouse.audit.Verification.Intact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("T20.3 D14.7 B8 a disk that fails or hangs refuses what must be recorded first, and nothing else")
class DiskFaultTest {
    private static final Duration TOO_LONG = AuditSettings.PATIENCE.plusMillis(1);

    @TempDir
    private Path directory;

    private final FaultyDisk disk = new FaultyDisk();
    private final ManualTicker ticker = new ManualTicker();
    private AuditLog log;

    @BeforeEach
    void open() throws Exception {
        log = AuditLog.open(settings());
        log.write(Logs.entry("before"));
    }

    @AfterEach
    void close() throws Exception {
        log.close();
    }

    private AuditSettings settings() {
        return Logs.settings(directory)
                .withTime(Logs.CLOCK, ticker)
                .withDisk(disk)
                .withNoteBytes(20_000);
    }

    private static void refused(ThrowingCallable write, String reason) {
        assertThatThrownBy(write)
                .isInstanceOfSatisfying(
                        AuditUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private FutureTask<Long> start(String name) {
        var task = new FutureTask<>(() -> log.write(Logs.entry(name)));
        Thread.ofVirtual().start(task);
        return task;
    }

    /** Moves time from probe to probe until the log is well again; between two it leaves the writer a second of real time. */
    private void recover() throws InterruptedException {
        for (var probe = 0; probe < 20 && !log.health().ok(); probe++) {
            ticker.advanceSleeper(AuditSettings.HEAD_INTERVAL);
            var next = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            while (!log.health().ok() && System.nanoTime() < next) {
                Thread.onSpinWait();
            }
        }
        assertThat(log.health().state()).isEqualTo(State.OK);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void failureRefusesAtOnceAndUntilAProbeSucceeds(Fault fault) throws Exception {
        disk.fault = fault;
        refused(() -> log.write(Logs.entry("refused")), "write_failed");
        assertThat(log.health().state()).isEqualTo(State.DEGRADED);
        assertThat(log.lastSeq()).isEqualTo(1);
        disk.fault = Fault.NONE;
        refused(() -> log.write(Logs.entry("still refused")), "write_failed");

        recover();
        assertThat(log.write(Logs.entry("after"))).isEqualTo(3);
        var records = log.read(0, 10);
        assertThat(Logs.tasks(records)).containsExactly("before", "", "after");
        assertThat(records.get(1).path("event").asString()).isEqualTo("audit_degraded");
        assertThat(records.get(1).path("degraded").path("reason").asString()).isEqualTo("write_failed");
        log.close();
        assertThat(AuditVerifier.verify(directory)).isEqualTo(new Intact(3, 3));
        assertThat(SecondVerifier.count(directory)).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    @DisplayName("the record of a stop neither waits for the disk nor is lost with it")
    void notesSurviveAnOutage(Fault fault) throws Exception {
        disk.fault = fault;
        refused(() -> log.write(Logs.entry("refused")), "write_failed");
        log.note(AuditEntry.of(AuditEvent.ESTOP).withTask("stop"));
        ticker.advanceSleeper(AuditSettings.HEAD_INTERVAL);
        log.note(AuditEntry.of(AuditEvent.STOP_ACK).withTask("ack"));
        disk.fault = Fault.NONE;
        recover();
        log.write(Logs.entry("after"));
        assertThat(Logs.tasks(log.read(0, 10))).containsExactly("before", "", "stop", "ack", "after");
    }

    @Test
    @DisplayName("D14.7 a force that takes over 2 s: the waiter is refused, later ones at once, a stop can be noted")
    void stalledForce() throws Exception {
        var stall = disk.stallForce();
        var waiter = start("late");
        stall.awaitReached();
        log.note(AuditEntry.of(AuditEvent.ESTOP).withTask("stop"));
        assertThat(log.health().ok()).isTrue();
        ticker.advance(TOO_LONG);
        assertThatThrownBy(() -> waiter.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(AuditUnavailableException.class);
        assertThat(log.health().state()).isEqualTo(State.DEGRADED);
        refused(() -> log.write(Logs.entry("refused")), "stalled");

        stall.release();
        recover();
        log.write(Logs.entry("after"));
        assertThat(Logs.tasks(log.read(0, 10)))
                .filteredOn(task -> !task.isEmpty())
                .containsExactly("before", "late", "stop", "after");
    }

    @Test
    @DisplayName("D1.6 an intent that became durable after its refusal is named, and is not an open intent")
    void lateIntentIsNotOpen() throws Exception {
        var stall = disk.stallForce();
        var intent = Logs.call(AuditEvent.TOOL_INTENT, "tsk-1", "cal-late");
        var waiter = new FutureTask<>(() -> log.write(intent));
        Thread.ofVirtual().start(waiter);
        stall.awaitReached();
        ticker.advance(TOO_LONG);
        assertThatThrownBy(() -> waiter.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        stall.release();
        recover();
        log.write(Logs.call(AuditEvent.TOOL_INTENT, "tsk-1", "cal-open"));
        assertThat(log.openIntents(1).calls("tsk-1")).containsExactly("cal-open");
    }

    @Test
    @DisplayName("a stall is seen by health alone, even if nobody waits for a record")
    void healthSeesAStallOfNotes() throws Exception {
        var stall = disk.stallForce();
        log.note(Logs.entry("note"));
        stall.awaitReached();
        ticker.advance(TOO_LONG);
        assertThat(log.health())
                .isEqualTo(new AuditHealth(
                        State.DEGRADED, "stalled", 1, log.health().headSeq(), 0));
        stall.release();
        recover();
    }

    @Test
    @DisplayName("a writer that gave up before its record was taken leaves no record")
    void givenUpBeforeTaken() throws Exception {
        var stall = disk.stallForce();
        var first = start("first");
        stall.awaitReached();
        var second = start("second");
        while (log.waiting() < 1) {
            Thread.onSpinWait();
        }
        ticker.advance(TOO_LONG);
        for (var waiter : List.of(first, second)) {
            assertThatThrownBy(() -> waiter.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        }
        stall.release();
        recover();
        assertThat(Logs.tasks(log.read(0, 10))).contains("first").doesNotContain("second");
    }

    @Test
    @DisplayName("notes beyond the bound are counted, reported, and leave room for stops")
    void lostNotesAreCounted() throws Exception {
        var stall = disk.stallForce();
        var waiter = start("first");
        stall.awaitReached();
        for (var i = 0; i < 100; i++) {
            log.note(Logs.entry("n" + i));
        }
        log.note(AuditEntry.of(AuditEvent.ESTOP).withTask("stop"));
        var lost = log.health().lost();
        assertThat(lost).isPositive().isLessThan(100);
        stall.release();
        waiter.get(20, TimeUnit.SECONDS);
        log.write(Logs.entry("after"));
        var records = log.read(0, 1000);
        assertThat(records)
                .filteredOn(r -> r.path("event").asString().equals("audit_degraded"))
                .singleElement()
                .satisfies(r ->
                        assertThat(r.path("degraded").path("lost").asLong()).isEqualTo(lost));
        assertThat(Logs.tasks(records)).contains("stop", "after");
        assertThat(log.health().ok()).isTrue();
    }

    @Test
    void rotationThatFailsIsTriedAgain() throws Exception {
        log.close();
        log = AuditLog.open(settings().withRotateBytes(1));
        disk.fault = Fault.READ_ONLY;
        refused(() -> log.write(Logs.entry("refused")), "write_failed");
        disk.fault = Fault.FULL;
        ticker.advanceSleeper(AuditSettings.HEAD_INTERVAL);
        disk.fault = Fault.NONE;
        recover();
        log.write(Logs.entry("after"));
        assertThat(Logs.events(log.read(0, 10)))
                .containsExactly("task_created", "audit_rotate", "audit_degraded", "audit_rotate", "task_created");
        log.close();
        assertThat(AuditVerifier.verify(directory)).isInstanceOf(Intact.class);
    }

    @Test
    @DisplayName("a process that dies with half a batch on a failing disk opens again")
    void diesWithTornBatch(@TempDir Path crashed) throws Exception {
        disk.fault = Fault.TORN;
        refused(() -> log.write(Logs.entry("refused")), "write_failed");
        var copy = Logs.copy(directory, crashed.resolve("audit"));
        try (var reopened = AuditLog.open(Logs.settings(copy))) {
            assertThat(reopened.health().ok()).isTrue();
            reopened.write(Logs.entry("after"));
            assertThat(Logs.events(reopened.read(0, 10)))
                    .containsExactly("task_created", "audit_recovered", "task_created");
        }
        assertThat(AuditVerifier.verify(copy)).isInstanceOf(Intact.class);
    }

    @Test
    void closingDoesNotHangOnAFailingDisk() throws Exception {
        disk.fault = Fault.FULL;
        log.note(Logs.entry("lost"));
        log.close();
        assertThat(AuditVerifier.verify(directory).exitCode()).isEqualTo(3);
    }

    @Test
    @DisplayName("a segment that shrank under the log is never appended to")
    void shrunkSegment() throws Exception {
        disk.fault = Fault.FORCE;
        refused(() -> log.write(Logs.entry("refused")), "write_failed");
        Files.write(directory.resolve("audit-1.ndjson"), new byte[0]);
        disk.fault = Fault.NONE;
        ticker.advanceSleeper(AuditSettings.HEAD_INTERVAL);
        log.close();
        assertThat(directory.resolve("audit-1.ndjson")).isEmptyFile();
    }
}
