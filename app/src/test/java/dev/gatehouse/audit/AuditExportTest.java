package dev.gatehouse.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D14.8, T20.2: an export is checked by a second program, in another language, with nothing of ours")
class AuditExportTest {
    /** Co-prime to the length of every file, so that the flips fall on every kind of byte. */
    private static final int STRIDE = 37;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    /** What the exported program said. */
    private record Verdict(int exit, String said) {}

    @BeforeAll
    static void nodeIsThere() throws Exception {
        try {
            assertThat(new ProcessBuilder("node", "--version").start().waitFor())
                    .isZero();
        } catch (IOException e) {
            assumeTrue(System.getenv("CI") != null, "*** there is no Node; the second verifier is NOT tested ***");
            throw e;
        }
    }

    private Path log() {
        return directory.resolve("log");
    }

    private Path export() {
        return directory.resolve("export");
    }

    private Path exported(String history) throws Exception {
        Files.createDirectory(log());
        History.write(log(), history);
        AuditExport.write(log(), export());
        return export();
    }

    private static Verdict verify(Path export, String... more) throws Exception {
        var words = new ArrayList<>(List.of("node", export.resolve("verify.mjs").toString()));
        words.addAll(List.of(more));
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Verdict(process.exitValue(), said.strip());
    }

    @Test
    void intact() throws Exception {
        var verdict = verify(exported("A -> B -> C"));

        assertThat(verdict.said()).startsWith("intact: ");
        assertThat(verdict.exit()).isZero();
        assertThat(AuditVerifier.verify(export()).exitCode()).isZero();
    }

    @Test
    @DisplayName("text of every script survives: both programs agree on the canonical form")
    void everyScript() throws Exception {
        Files.createDirectory(log());
        Logs.write(Logs.settings(log()), List.of("\u0000\u001f\u007f", "\"\\/\b\f\n\r\t", "ä€😀", "\u2028\ufeff"));
        AuditExport.write(log(), export());

        assertThat(verify(export()).exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A -> B!flip -> C",
                "A -> B!edit -> C",
                "A -> B!forge -> C",
                "A -> B!drop -> C",
                "A -> B!twice -> C",
                "A!swap -> B -> C",
                "A -> B -> C!cut",
                "A -> B!half -> C",
                "A -> B!space -> C",
                "A -> B!crlf -> C"
            })
    @DisplayName("T20.2: an edit, a deletion, an insertion, another order, a cut tail")
    void tampered(String history) throws Exception {
        var verdict = verify(exported(history));

        assertThat(verdict.said()).startsWith("tampered: ");
        assertThat(verdict.exit()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit-1.ndjson", "head.json", "key.ed25519.pub"})
    @DisplayName("T20.2: a flipped bit anywhere in the records, the head or the key")
    void flipped(String name) throws Exception {
        var file = exported("A -> B").resolve(name);
        var original = Files.readAllBytes(file);
        for (var i = 0; i < original.length; i += STRIDE) {
            var flipped = original.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            Files.write(file, flipped);

            assertThat(verify(export()).exit()).as("%s, byte %d", name, i).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("a log written anew with a key of its own does not pass for the one whose key was kept")
    void anotherKey() throws Exception {
        exported("A -> B");
        var kept = Files.copy(export().resolve("key.ed25519.pub"), directory.resolve("kept.pub"));
        var forged = Files.createDirectory(directory.resolve("forged"));
        History.write(forged, "A -> X");
        var copy = directory.resolve("copy");
        AuditExport.write(forged, copy);

        assertThat(verify(copy).exit()).isZero();
        assertThat(verify(copy, copy.toString(), kept.toString()).exit()).isEqualTo(1);
    }

    @Test
    @DisplayName("beside a running log: only what the head covers, which is intact by itself")
    void whileItIsWritten() throws Exception {
        Files.createDirectory(log());
        History.write(log(), "A -> B");
        // As a crash between two heads leaves it, and as a writer in the middle of a line.
        var head = Files.readAllBytes(log().resolve("head.json"));
        Logs.write(Logs.settings(log()), List.of("C"));
        Files.write(log().resolve("head.json"), head);
        Files.writeString(log().resolve("audit-1.ndjson"), "{\"v\":1,\"seq\":", StandardOpenOption.APPEND);

        assertThat(AuditExport.write(log(), export())).isInstanceOf(Verification.Intact.class);
        assertThat(verify(export()).exit()).isZero();
        assertThat(Logs.tasks(Logs.records(export()))).contains("A", "B").doesNotContain("C");
    }

    @Test
    @DisplayName("the signing key stays home, and the copy is for its owner")
    void whatIsInIt() throws Exception {
        exported("A");

        try (var files = Files.list(export())) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder(
                            "audit-1.ndjson", "head.json", "key.ed25519.pub", "VERIFY.md", "verify.mjs");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(export())))
                .isEqualTo("rwx------");
    }

    @Test
    void nothingIsReplaced() throws Exception {
        exported("A");
        var before = Files.readAllBytes(export().resolve("head.json"));

        assertThatThrownBy(() -> AuditExport.write(log(), export())).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(export().resolve("head.json")).hasBinaryContent(before);
    }

    @Test
    @DisplayName("the newest records are found at the end, however many there are")
    void newest() throws Exception {
        Files.createDirectory(log());
        Logs.write(Logs.settings(log()), List.of("A", "B", "C", "D"));
        var reader = new AuditReader(log());

        assertThat(Logs.tasks(reader.last(2))).containsExactly("C", "D");
        assertThat(Logs.tasks(reader.last(100))).contains("A", "B", "C", "D");
        assertThat(reader.last(0)).isEmpty();
    }
}
