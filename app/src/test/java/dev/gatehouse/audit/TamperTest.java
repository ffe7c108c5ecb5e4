package dev.gatehouse.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.Verification.Incomplete;
import dev.gatehouse.audit.Verification.Intact;
import dev.gatehouse.audit.Verification.Tampered;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("T20.2 D14.6 tampering is found and named")
class TamperTest {
    @TempDir
    private Path directory;

    @Test
    void untouchedHistoryIsIntact() throws Exception {
        assertThat(History.verify(directory, "A -> B -> C")).isEqualTo(new Intact(3, 3));
        assertThat(SecondVerifier.count(directory)).isEqualTo(3);
    }

    @ParameterizedTest(name = "{0} names record {1}: {2}")
    @CsvSource({
        "A!flip  -> B -> C,  1, hash_mismatch",
        "A -> B!flip -> C,   2, hash_mismatch",
        "A -> B -> C!flip,   3, hash_mismatch",
        "A -> B!edit -> C,   2, hash_mismatch",
        "A -> B!forge -> C,  3, prev_mismatch",
        "A -> B -> C!forge,  3, head_mismatch",
        "A!drop -> B -> C,   1, seq_gap",
        "A -> B!drop -> C,   2, seq_gap",
        "A -> B -> C!drop,   3, truncated",
        "A -> B!twice -> C,  3, seq_gap",
        "A -> B!swap -> C,   2, seq_gap",
        "A -> B!cut -> C,    2, truncated",
        "A!cut -> B -> C,    1, truncated",
        "A -> B!half -> C,   2, not_json",
        "A -> B -> C!half,   3, truncated",
        "A -> B!space -> C,  2, not_canonical",
        "A -> B!crlf -> C,   2, not_canonical",
    })
    void everyActNamesTheFirstBadRecord(String history, long seq, String what) throws Exception {
        assertThat(History.verify(directory, history)).isInstanceOfSatisfying(Tampered.class, tampered -> {
            assertThat(tampered.seq()).isEqualTo(seq);
            assertThat(tampered.what()).isEqualTo(what);
            assertThat(tampered.exitCode()).isEqualTo(1);
        });
    }

    @Test
    void theLineAndFileOfTheFirstBadRecordAreNamed() throws Exception {
        assertThat(History.verify(directory, "A -> B -> C!flip").toJson().toString())
                .isEqualTo(
                        "{\"result\":\"tampered\",\"seq\":3,\"file\":\"audit-1.ndjson\",\"line\":3,\"what\":\"hash_mismatch\"}");
    }

    @Test
    @DisplayName("every single bit of the log, the head and the public key is covered")
    void everyByteFlippedIsFound() throws Exception {
        History.write(directory, "A -> B");
        for (var name : new String[] {"audit-1.ndjson", "head.json", "key.ed25519.pub"}) {
            var file = directory.resolve(name);
            var original = Files.readAllBytes(file);
            for (var i = 0; i < original.length; i++) {
                var flipped = original.clone();
                flipped[i] ^= (byte) (1 << (i % 8));
                Files.write(file, flipped);
                assertThat(AuditVerifier.verify(directory).exitCode())
                        .as("%s, byte %d", name, i)
                        .isEqualTo(1);
            }
            Files.write(file, original);
        }
        assertThat(AuditVerifier.verify(directory)).isInstanceOf(Intact.class);
    }

    @Test
    void headOfAnotherKeyIsTampering() throws Exception {
        var other = directory.resolve("other");
        History.write(directory, "A -> B");
        Logs.write(Logs.settings(other), List.of("A", "B"));
        Files.copy(other.resolve("head.json"), directory.resolve("head.json"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(AuditVerifier.verify(directory))
                .isInstanceOfSatisfying(
                        Tampered.class, t -> assertThat(t.what()).isEqualTo("head_invalid"));
    }

    @Test
    void olderHeadLeavesTheRestUnvouched() throws Exception {
        History.write(directory, "A -> B");
        var head = Files.readAllBytes(directory.resolve("head.json"));
        Logs.write(Logs.settings(directory), List.of("C"));
        Files.write(directory.resolve("head.json"), head);
        assertThat(AuditVerifier.verify(directory)).isEqualTo(new Incomplete(3, 3, 2, "newer_than_head"));
    }

    @Test
    void missingHeadOrKeyBesideRecordsIsTampering() throws Exception {
        History.write(directory, "A -> B");
        var key = Files.readAllBytes(directory.resolve("key.ed25519.pub"));
        Files.delete(directory.resolve("key.ed25519.pub"));
        assertThat(AuditVerifier.verify(directory).toJson().path("what").asString())
                .isEqualTo("key_invalid");
        Files.write(directory.resolve("key.ed25519.pub"), key);
        Files.delete(directory.resolve("head.json"));
        assertThat(AuditVerifier.verify(directory).toJson().path("what").asString())
                .isEqualTo("head_missing");
    }

    @Test
    void allRecordsDeletedIsTampering() throws Exception {
        History.write(directory, "A -> B");
        Files.delete(directory.resolve("audit-1.ndjson"));
        assertThat(AuditVerifier.verify(directory)).isEqualTo(new Tampered(1, "head.json", 0, "truncated"));
    }

    @Test
    void nothingAtAllIsIncomplete() throws Exception {
        assertThat(AuditVerifier.verify(directory)).isEqualTo(new Incomplete(0, 0, 0, "no_log"));
    }

    @Test
    @DisplayName("D14.8 --from takes what lies before as it is")
    void fromSkipsEarlierDamage() throws Exception {
        History.write(directory, "A -> B!flip -> C -> D");
        var key = AuditVerifier.publicKeyOf(directory);
        assertThat(AuditVerifier.verify(directory, key, 3)).isEqualTo(new Intact(2, 4));
        assertThat(AuditVerifier.verify(directory, key, 2).exitCode()).isEqualTo(1);
    }

    @Test
    void fromDoesNotHideADeletionAtTheStart() throws Exception {
        History.write(directory, "A -> B -> C!drop -> D");
        assertThat(AuditVerifier.verify(directory, AuditVerifier.publicKeyOf(directory), 3))
                .isEqualTo(new Tampered(3, "audit-1.ndjson", 3, "seq_gap"));
    }

    @Test
    void fromStartsInALaterSegment() throws Exception {
        Logs.write(Logs.settings(directory).withRotateBytes(1), List.of("A", "B", "C"));
        // Each record has a segment of its own, and each segment but the first begins with a record of the rotation.
        assertThat(AuditVerifier.verify(directory)).isEqualTo(new Intact(5, 5));
        Files.writeString(directory.resolve("audit-1.ndjson"), "nonsense\n");
        assertThat(AuditVerifier.verify(directory).exitCode()).isEqualTo(1);
        assertThat(AuditVerifier.verify(directory, AuditVerifier.publicKeyOf(directory), 4))
                .isEqualTo(new Intact(2, 5));
    }

    @Test
    void renamedOrMissingSegmentIsTampering() throws Exception {
        Logs.write(Logs.settings(directory).withRotateBytes(1), List.of("A", "B", "C"));
        Files.move(directory.resolve("audit-2.ndjson"), directory.resolve("audit-3.ndjson"));
        assertThat(AuditVerifier.verify(directory)).isEqualTo(new Tampered(2, "audit-3.ndjson", 1, "wrong_file"));
        Files.delete(directory.resolve("audit-3.ndjson"));
        assertThat(AuditVerifier.verify(directory)).isEqualTo(new Tampered(2, "audit-4.ndjson", 1, "seq_gap"));
    }
}
