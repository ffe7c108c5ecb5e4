package dev.gatehouse.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.Verification.Intact;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    @TempDir
    private Path parent;

    private Path directory() {
        return parent.resolve("audit");
    }

    @Test
    @DisplayName("D14.6 numbers start at 1, the first record follows 64 zeros, the head covers the last one at stop")
    void chainStartsAndEnds() throws Exception {
        try (var log = AuditLog.open(Logs.settings(directory()))) {
            assertThat(log.write(Logs.entry("A"))).isEqualTo(1);
            assertThat(log.write(Logs.entry("B"))).isEqualTo(2);
            assertThat(log.lastSeq()).isEqualTo(2);
        }
        assertThat(Logs.records(directory()).getFirst().path("prev").asString()).isEqualTo("0".repeat(64));
        assertThat(AuditVerifier.verify(directory())).isEqualTo(new Intact(2, 2));
    }

    @Test
    void chainContinuesAfterReopening() throws Exception {
        Logs.write(Logs.settings(directory()), List.of("A", "B"));
        Logs.write(Logs.settings(directory()), List.of("C"));
        assertThat(Logs.tasks(Logs.records(directory()))).containsExactly("A", "B", "C");
        assertThat(AuditVerifier.verify(directory())).isEqualTo(new Intact(3, 3));
    }

    @Test
    @DisplayName("section 14: directory 0700, files 0600")
    void nobodyElseReads() throws Exception {
        Logs.write(Logs.settings(directory()), List.of("A"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                .isEqualTo("rwx------");
        try (var files = Files.list(directory())) {
            for (var file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void signingKeyThatOthersCanReadIsRefused() throws Exception {
        Logs.write(Logs.settings(directory()), List.of("A"));
        Files.setPosixFilePermissions(directory().resolve("key.ed25519"), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> AuditLog.open(Logs.settings(directory()))).isInstanceOf(IOException.class);
    }

    @Test
    void missingSigningKeyOfAnExistingLogIsRefused() throws Exception {
        Logs.write(Logs.settings(directory()), List.of("A"));
        Files.delete(directory().resolve("key.ed25519"));
        assertThatThrownBy(() -> AuditLog.open(Logs.settings(directory()))).isInstanceOf(IOException.class);
    }

    @Test
    @DisplayName("D14.1 one log per directory")
    void secondLogIsRefused() throws Exception {
        try (var log = AuditLog.open(Logs.settings(directory()))) {
            assertThatThrownBy(() -> AuditLog.open(Logs.settings(directory()))).isInstanceOf(IOException.class);
            assertThat(log.write(Logs.entry("A"))).isEqualTo(1);
        }
    }

    @Test
    void closedLogRefusesAndClosesAgainHarmlessly() throws Exception {
        var log = AuditLog.open(Logs.settings(directory()));
        log.close();
        log.close();
        assertThatThrownBy(() -> log.write(Logs.entry("A")))
                .isInstanceOfSatisfying(
                        AuditUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo("closed"));
        log.note(Logs.entry("B"));
        assertThat(log.health().lost()).isEqualTo(1);
    }

    @Test
    void notesAreWrittenInOrderAndAtTheLatestWhenClosing() throws Exception {
        try (var log = AuditLog.open(Logs.settings(directory()))) {
            log.note(Logs.entry("A"));
            log.note(Logs.entry("B"));
            log.write(Logs.entry("C"));
            log.note(Logs.entry("D"));
        }
        assertThat(Logs.tasks(Logs.records(directory()))).containsExactly("A", "B", "C", "D");
    }

    @Test
    @DisplayName("section 14: files are named after their first record and the chain goes on over them")
    void rotates() throws Exception {
        Logs.write(Logs.settings(directory()).withRotateBytes(2000), List.of("A", "B", "C", "D", "E", "F"));
        var segments = Segments.list(directory());
        assertThat(segments).hasSizeGreaterThan(1);
        for (var segment : segments.subList(1, segments.size())) {
            var first = Json.read(Files.readAllLines(segment.file()).getFirst());
            assertThat(first.path("event").asString()).isEqualTo("audit_rotate");
            assertThat(first.path("seq").longValue()).isEqualTo(segment.first());
        }
        assertThat(AuditVerifier.verify(directory())).isInstanceOf(Intact.class);
        assertThat(SecondVerifier.count(directory()))
                .isEqualTo(Logs.records(directory()).size());
        assertThat(Logs.tasks(Logs.records(directory())))
                .filteredOn(t -> !t.isEmpty())
                .hasSize(6);
    }

    @Test
    void readsByNumberAcrossSegments() throws Exception {
        try (var log = AuditLog.open(Logs.settings(directory()).withRotateBytes(200_000))) {
            for (var i = 0; i < 1500; i++) {
                log.note(Logs.entry("t" + i));
                if (i % 300 == 0) {
                    log.write(Logs.entry("w" + i));
                }
            }
            var last = log.write(Logs.entry("last"));
            assertThat(Segments.list(directory())).hasSizeGreaterThan(2);
            for (var after = 0L; after < last; after += 97) {
                var records = log.read(after, 3);
                var first = after + 1;
                assertThat(records)
                        .isNotEmpty()
                        .first()
                        .satisfies(r -> assertThat(r.path("seq").longValue()).isEqualTo(first));
            }
            assertThat(log.read(last - 1, 10)).hasSize(1);
            assertThat(log.read(last, 10)).isEmpty();
            assertThat(log.read(0, 0)).isEmpty();
            assertThat(log.read(0, 1_000_000)).hasSize(AuditReader.MAX_READ);
        }
    }

    @Test
    @DisplayName("T8.1 what the caller redacts is gone before it is hashed")
    void redacts() throws Exception {
        var settings = Logs.settings(directory())
                .withRedaction(node -> node.has("secret") ? Json.object().put("secret", "[redacted]") : node);
        try (var log = AuditLog.open(settings)) {
            log.write(AuditEntry.of(AuditEvent.TOOL_INTENT)
                    .withAction(new AuditEntry.Action(
                            "cal-1", "robot", "x", "actuate", Json.object().put("secret", "canary-key")))
                    .withOutcome(Json.object().put("secret", "canary-key"))
                    .with("rcan", Json.object().put("secret", "canary-key")));
        }
        assertThat(Files.readString(directory().resolve("audit-1.ndjson"))).doesNotContain("canary-key");
        var record = Logs.records(directory()).getFirst();
        assertThat(record.path("arguments_sha256").asString())
                .isEqualTo(CanonicalJson.sha256(Json.object().put("secret", "[redacted]")));
    }

    @Test
    @DisplayName("D14.6 the head is signed after 1 s and after 100 records, and not while nothing happens")
    void headFollows() throws Exception {
        var ticker = new ManualTicker();
        var disk = new FaultyDisk();
        var settings = Logs.settings(directory()).withTime(Logs.CLOCK, ticker).withDisk(disk);
        try (var log = AuditLog.open(settings)) {
            disk.replaced.clear();
            log.write(Logs.entry("A"));
            assertThat(disk.replaced).isEmpty();
            ticker.advanceSleeper(AuditSettings.HEAD_INTERVAL);
            assertThat(disk.replaced.poll(20, TimeUnit.SECONDS)).isEqualTo(Head.FILE);
            assertThat(AuditVerifier.verify(directory())).isEqualTo(new Intact(1, 1));
            for (var i = 0; i < AuditSettings.HEAD_RECORDS; i++) {
                log.write(Logs.entry("B"));
            }
            assertThat(disk.replaced.poll(20, TimeUnit.SECONDS)).isEqualTo(Head.FILE);
            assertThat(disk.replaced).isEmpty();
        }
    }

    @Test
    @DisplayName("D14.6 after a slow head the disk rests, and the clock still asks for the next")
    void headRests() throws Exception {
        var ticker = new ManualTicker();
        var disk = new FaultyDisk();
        try (var log = AuditLog.open(
                Logs.settings(directory()).withTime(Logs.CLOCK, ticker).withDisk(disk))) {
            disk.replaced.clear();
            var stall = disk.stallReplace();
            log.write(Logs.entry("A"));
            ticker.advanceSleeper(AuditSettings.HEAD_INTERVAL);
            stall.awaitReached();
            ticker.advance(Duration.ofMillis(500));
            stall.release();
            while (log.health().headSeq() < 1) {
                Thread.onSpinWait();
            }
            for (var i = 0; i < 3 * AuditSettings.HEAD_RECORDS; i++) {
                log.write(Logs.entry("B"));
            }
            assertThat(disk.replaced).containsExactly(Head.FILE);
            ticker.advanceSleeper(AuditSettings.HEAD_INTERVAL);
            assertThat(disk.replaced.poll(20, TimeUnit.SECONDS)).isEqualTo(Head.FILE);
            assertThat(disk.replaced.poll(20, TimeUnit.SECONDS)).isEqualTo(Head.FILE);
        }
    }

    @Test
    @DisplayName("D14.6 a durable write never waits for the head")
    void slowHeadDoesNotDelay() throws Exception {
        var ticker = new ManualTicker();
        var disk = new FaultyDisk();
        try (var log = AuditLog.open(
                Logs.settings(directory()).withTime(Logs.CLOCK, ticker).withDisk(disk))) {
            var stall = disk.stallReplace();
            log.write(Logs.entry("A"));
            ticker.advanceSleeper(AuditSettings.HEAD_INTERVAL);
            stall.awaitReached();
            assertThat(log.write(Logs.entry("B"))).isEqualTo(2);
            assertThat(log.health().ok()).isTrue();
            assertThat(log.health().headSeq()).isZero();
            stall.release();
        }
        assertThat(AuditVerifier.verify(directory())).isInstanceOf(Intact.class);
    }

    @Test
    @DisplayName("an interrupted writer learns its number, keeps its interrupt, and the log lives on")
    void interruptIsSafe() throws Exception {
        var disk = new FaultyDisk();
        try (var log = AuditLog.open(Logs.settings(directory()).withDisk(disk))) {
            var stall = disk.stallForce();
            var interrupted = new FutureTask<>(() -> {
                var seq = log.write(Logs.entry("A"));
                return Thread.interrupted() ? seq : -1;
            });
            var thread = Thread.ofVirtual().start(interrupted);
            stall.awaitReached();
            thread.interrupt();
            stall.release();
            assertThat(interrupted.get(20, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(log.write(Logs.entry("B"))).isEqualTo(2);
        }
        assertThat(AuditVerifier.verify(directory())).isEqualTo(new Intact(2, 2));
    }

    @Test
    @DisplayName("D14.1 all who wait share one force")
    void groupCommits() throws Exception {
        var disk = new FaultyDisk();
        try (var log = AuditLog.open(Logs.settings(directory()).withDisk(disk))) {
            var stall = disk.stallForce();
            var writers = new ArrayList<FutureTask<Long>>();
            writers.add(start(log, "first"));
            stall.awaitReached();
            for (var i = 0; i < 50; i++) {
                writers.add(start(log, "w" + i));
            }
            while (log.waiting() < 50) {
                Thread.onSpinWait();
            }
            stall.release();
            var numbers = new ArrayList<Long>();
            for (var writer : writers) {
                numbers.add(writer.get(20, TimeUnit.SECONDS));
            }
            assertThat(numbers).doesNotHaveDuplicates().hasSize(51);
            assertThat(disk.forces).hasValue(2);
        }
    }

    @Test
    @DisplayName("64 concurrent writers leave a chain without a gap, each with the number of its own record")
    void concurrentWriters() throws Exception {
        try (var log = AuditLog.open(Logs.settings(directory()).withRotateBytes(200_000))) {
            var writers = new ArrayList<FutureTask<Boolean>>();
            for (var i = 0; i < 64; i++) {
                var name = "w" + i;
                var writer = new FutureTask<>(() -> {
                    var own = true;
                    for (var n = 0; n < 25; n++) {
                        var seq = log.write(Logs.entry(name + "-" + n));
                        var record = log.read(seq - 1, 1).getFirst();
                        own &= record.path("task").asString("").equals(name + "-" + n);
                    }
                    return own;
                });
                writers.add(writer);
                Thread.ofVirtual().start(writer);
            }
            for (var writer : writers) {
                assertThat(writer.get(60, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(AuditVerifier.verify(directory())).isInstanceOf(Intact.class);
        assertThat(SecondVerifier.count(directory())).isGreaterThanOrEqualTo(1600);
    }

    private static FutureTask<Long> start(AuditLog log, String name) {
        var task = new FutureTask<>(() -> log.write(Logs.entry(name)));
        Thread.ofVirtual().start(task);
        return task;
    }
}
