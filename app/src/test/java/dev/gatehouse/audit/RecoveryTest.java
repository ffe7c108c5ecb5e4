package dev.gatehouse.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.AuditHealth.State;
import dev.gatehouse.audit.Verification.Intact;
import dev.gatehouse.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName(
        "D14.9 B2 what a crash leaves is repaired and told; anything else stops actuation until a person has looked")
class RecoveryTest {
    @TempDir
    private Path parent;

    private int copies;

    private Path directory() {
        return parent.resolve("audit");
    }

    private Path segment() {
        return directory().resolve("audit-1.ndjson");
    }

    private AuditLog open(Path directory) throws IOException {
        return AuditLog.open(Logs.settings(directory));
    }

    /** Four records, the head covers the first two: a process killed less than a second after the last. */
    private void killed() throws Exception {
        Logs.write(Logs.settings(directory()), List.of("A", "B"));
        var head = Files.readAllBytes(directory().resolve(Head.FILE));
        Logs.write(Logs.settings(directory()), List.of("C", "D"));
        Files.write(directory().resolve(Head.FILE), head);
    }

    @Test
    @DisplayName("a copy cut at any byte behind the head opens, keeps every whole record, and tells of the rest")
    void everyTruncationPointBehindTheHead() throws Exception {
        killed();
        var bytes = Files.readAllBytes(segment());
        var lines = Files.readAllLines(segment());
        var signed = lines.get(0).length() + lines.get(1).length() + 2;
        for (var length = signed; length <= bytes.length; length += 23) {
            var copy = Logs.copy(directory(), parent.resolve("copy" + copies++));
            Files.write(copy.resolve("audit-1.ndjson"), Arrays.copyOf(bytes, length));
            var whole = Logs.records(copy).size();
            var torn = length - new String(bytes, 0, length, StandardCharsets.UTF_8).lastIndexOf('\n') - 1;
            try (var log = open(copy)) {
                assertThat(log.health().state()).as("cut at %d", length).isEqualTo(State.OK);
                log.write(Logs.entry("after"));
                assertThat(Logs.tasks(log.read(0, whole)))
                        .isEqualTo(List.of("A", "B", "C", "D").subList(0, whole));
                assertThat(Logs.events(log.read(whole, 1)).getFirst())
                        .isEqualTo(torn == 0 ? "task_created" : "audit_recovered");
            }
            assertThat(AuditVerifier.verify(copy)).isInstanceOf(Intact.class);
        }
    }

    @Test
    @DisplayName("a copy cut anywhere the head covers is damage: writes are refused, notes are kept, verify says so")
    void everyTruncationPointUnderTheHead() throws Exception {
        Logs.write(Logs.settings(directory()), List.of("A", "B", "C"));
        var bytes = Files.readAllBytes(segment());
        for (var length = 0; length < bytes.length; length += 151) {
            var copy = Logs.copy(directory(), parent.resolve("copy" + copies++));
            Files.write(copy.resolve("audit-1.ndjson"), Arrays.copyOf(bytes, length));
            try (var log = open(copy)) {
                assertThat(log.health().state()).as("cut at %d", length).isEqualTo(State.BROKEN);
                assertThatThrownBy(() -> log.write(Logs.entry("refused")))
                        .isInstanceOf(AuditUnavailableException.class);
                log.note(AuditEntry.of(AuditEvent.ESTOP).withTask("stop"));
            }
            assertThat(Files.size(copy.resolve("audit-1.ndjson"))).isEqualTo(length);
            assertThat(AuditVerifier.verify(copy).exitCode()).isEqualTo(1);
            assertThat(Logs.events(Logs.records(copy))).endsWith("audit_rotate", "audit_recovered", "estop");
        }
    }

    @Test
    void tornLineIsKeptAsideAndDescribed() throws Exception {
        Logs.write(Logs.settings(directory()), List.of("A"));
        Files.writeString(segment(), "{\"half\":", StandardOpenOption.APPEND);
        assertThat(AuditVerifier.verify(directory()))
                .isEqualTo(new Verification.Incomplete(1, 1, 1, "torn_last_record"));
        Logs.write(Logs.settings(directory()), List.of("B"));
        var recovered = Logs.records(directory()).get(1).path("recovered");
        assertThat(recovered.path("bytes").asInt()).isEqualTo(8);
        assertThat(directory().resolve(recovered.path("moved_to").asString())).hasContent("{\"half\":");
        assertThat(AuditVerifier.verify(directory())).isEqualTo(new Intact(3, 3));
    }

    @Test
    @DisplayName("pages that read as zeros after power loss are what a crash leaves")
    void zerosAreTorn() throws Exception {
        Logs.write(Logs.settings(directory()), List.of("A"));
        Files.write(segment(), new byte[4096], StandardOpenOption.APPEND);
        Files.writeString(segment(), "\":1}\n", StandardOpenOption.APPEND);
        try (var log = open(directory())) {
            assertThat(log.health().ok()).isTrue();
        }
        assertThat(AuditVerifier.verify(directory())).isEqualTo(new Intact(2, 2));
    }

    @Test
    void crashBetweenRotationAndItsFirstRecord() throws Exception {
        Logs.write(Logs.settings(directory()), List.of("A"));
        for (var half : List.of("", "{\"half")) {
            var copy = Logs.copy(directory(), parent.resolve("copy" + copies++));
            Files.writeString(copy.resolve("audit-2.ndjson"), half);
            Logs.write(Logs.settings(copy), List.of("B"));
            assertThat(Logs.events(Logs.records(copy))).startsWith("task_created", "audit_rotate");
            assertThat(AuditVerifier.verify(copy)).isInstanceOf(Intact.class);
        }
    }

    @ParameterizedTest
    @DisplayName("damage under or behind the head is not repaired silently")
    @ValueSource(
            strings = {
                "A -> B!flip -> C",
                "A -> B -> C!flip",
                "A -> B!drop -> C",
                "A -> B -> C!edit",
                "A -> B -> C!forge",
                "A -> B!half -> C"
            })
    void damageIsTold(String history) throws Exception {
        History.write(directory(), history);
        var before = Files.readAllBytes(segment());
        try (var log = open(directory())) {
            assertThat(log.health().state()).isEqualTo(State.BROKEN);
            assertThat(log.health().reason()).isEqualTo("chain_broken");
        }
        assertThat(segment()).hasBinaryContent(before);
        assertThat(directory().resolve(Recovery.MARKER)).isNotEmptyFile();
        assertThat(AuditVerifier.verify(directory()).exitCode()).isEqualTo(1);
    }

    @Test
    @DisplayName("a terminated line that is no record is damage even behind the head")
    void foreignLineBehindTheHead() throws Exception {
        Logs.write(Logs.settings(directory()), List.of("A"));
        Files.writeString(segment(), "{\"event\":\"estop_clear\"}\n", StandardOpenOption.APPEND);
        try (var log = open(directory())) {
            assertThat(log.health().state()).isEqualTo(State.BROKEN);
        }
    }

    @Test
    void missingHeadIsDamageThatStaysInTheChain() throws Exception {
        Logs.write(Logs.settings(directory()), List.of("A"));
        Files.delete(directory().resolve(Head.FILE));
        try (var log = open(directory())) {
            assertThat(log.health().state()).isEqualTo(State.BROKEN);
        }
        assertThat(AuditVerifier.verify(directory()).toJson().path("what").asString())
                .isEqualTo("damage_recorded");
    }

    @Test
    @DisplayName("a log that was deleted goes on behind the number its head names")
    void deletedSegments() throws Exception {
        Logs.write(Logs.settings(directory()), List.of("A", "B", "C"));
        Files.delete(segment());
        try (var log = open(directory())) {
            assertThat(log.health().state()).isEqualTo(State.BROKEN);
        }
        assertThat(Logs.records(directory()).getFirst().path("seq").asLong()).isEqualTo(4);
        assertThat(AuditVerifier.verify(directory()).exitCode()).isEqualTo(1);
    }

    @Test
    @DisplayName("damage outlives restarts until a person removes the marker, and the new part can be verified alone")
    void markerIsSticky() throws Exception {
        History.write(directory(), "A -> B!flip -> C");
        open(directory()).close();
        try (var log = open(directory())) {
            assertThat(log.health().state()).isEqualTo(State.BROKEN);
        }
        Files.delete(directory().resolve(Recovery.MARKER));
        Logs.write(Logs.settings(directory()), List.of("D"));
        var key = AuditVerifier.publicKeyOf(directory());
        assertThat(AuditVerifier.verify(directory()).exitCode()).isEqualTo(1);
        assertThat(AuditVerifier.verify(directory(), key, 6)).isInstanceOf(Intact.class);
    }

    @Test
    @DisplayName("only the end of a large segment is read when it opens")
    void opensByTheTail() throws Exception {
        Logs.write(Logs.settings(directory()), List.of("A"));
        var padding = "x".repeat(Recordable.MAX_BYTES - 100);
        try (var log = open(directory())) {
            for (var i = 0; i < 2 * Tail.WINDOW / padding.length(); i++) {
                log.note(Logs.entry("p").withOutcome(Json.tree(padding)));
                log.write(Logs.entry("w"));
            }
        }
        // Far from the end nothing is looked at: this edit is left to the verifier.
        var bytes = Files.readAllBytes(segment());
        bytes[20] ^= 1;
        Files.write(segment(), bytes);
        try (var log = open(directory())) {
            assertThat(log.health().ok()).isTrue();
        }
        assertThat(AuditVerifier.verify(directory()).exitCode()).isEqualTo(1);
    }
}
