package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.manifest.ManifestWriter.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName(
        "robot-md.md 10.11.4, 10.11.5: the file is replaced whole, as it was read, and never without its signature")
class ManifestWriterTest {
    private static final String NEW = Sample.minimal() + "More prose.\n";

    @TempDir
    private Path directory;

    private Path path = Path.of("");

    @BeforeEach
    void create() throws IOException {
        path = Files.writeString(directory.resolve("ROBOT.md"), Sample.minimal());
    }

    private static ManifestWriter writer(Path path) {
        return new ManifestWriter(path, Optional.empty());
    }

    private static KeyPair pair() throws NoSuchAlgorithmException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    @Test
    @DisplayName("the mode stays, the hash is that of the new bytes, nothing else lies in the directory")
    void replaces() throws IOException {
        for (var mode : new String[] {"rw-------", "rw-r--r--", "r--r--r--"}) {
            Files.delete(path);
            Files.writeString(path, "\uFEFF" + Sample.minimal());
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
            var read = Sample.parse(Files.readString(path));

            assertThat(writer(path).replace(read, NEW))
                    .isEqualTo(new Outcome.Replaced(Sample.parse(NEW).sha256()));

            assertThat(path).hasContent(NEW);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo(mode);
            assertThat(directory).isDirectoryContaining(path::equals);
            assertThat(directory.toFile().list()).hasSize(1);
        }
    }

    @Test
    @DisplayName("a link stays a link, and the file it leads to is replaced where it is")
    void links() throws IOException {
        var place = Files.createDirectory(directory.resolve("place"));
        var real = Files.move(path, place.resolve("real.md"));
        var inner = Files.createSymbolicLink(place.resolve("inner"), Path.of("real.md"));
        Files.createSymbolicLink(path, inner);

        assertThat(writer(path).replace(Sample.parse(Sample.minimal()), NEW)).isInstanceOf(Outcome.Replaced.class);

        assertThat(path).isSymbolicLink();
        assertThat(inner).isSymbolicLink();
        assertThat(real).hasContent(NEW);
        assertThat(place.toFile().list()).hasSize(2);
    }

    @Test
    void conflict() throws IOException {
        var read = Sample.parse(Sample.minimal());
        Files.writeString(path, Sample.minimal() + "\n");
        assertThat(writer(path).replace(read, NEW)).isEqualTo(new Outcome.Conflict());
        assertThat(writer(path).replace(read, read.rawText())).isEqualTo(new Outcome.Conflict());
        assertThat(path).hasContent(Sample.minimal() + "\n");

        Files.delete(path);
        assertThat(writer(path).replace(read, NEW)).isEqualTo(new Outcome.Conflict());
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void anUnchangedTextTouchesNothing() throws IOException {
        var before = Files.readAttributes(path, "unix:ino").get("ino");
        var read = Sample.parse(Sample.minimal());
        assertThat(writer(path).replace(read, read.rawText())).isEqualTo(new Outcome.Replaced(read.sha256()));
        assertThat(Files.readAttributes(path, "unix:ino").get("ino")).isEqualTo(before);
    }

    @Test
    @DisplayName("a disk that fails is an exception, and the old file is still there")
    void disk() throws IOException {
        // No room is left in the name for that of a temporary file.
        var longest = Files.move(path, directory.resolve("x".repeat(255)));
        assertThatThrownBy(() -> writer(longest).replace(Sample.parse(Sample.minimal()), NEW))
                .isInstanceOf(IOException.class);
        assertThat(longest).hasContent(Sample.minimal());
        assertThat(directory.toFile().list()).hasSize(1);
    }

    @Test
    @DisplayName(
            "6.4: a signed file is refused, whatever its footer is worth, unless the old footer verifies and a key can sign again")
    void signed() throws Exception {
        var pair = pair();
        var trusted = Map.of("op", pair.getPublic());
        var signer = new FooterSigner("op", pair.getPrivate(), trusted);
        var signed = ProvenanceFooter.sign(Sample.minimal(), "op", pair.getPrivate());
        var text = signed.replace("Two wheels", "Three wheels");

        assertThat(replace(signed, text, Optional.empty())).isEqualTo(new Outcome.Signed());
        assertThat(replace(signed, text, Optional.of(signer))).isInstanceOf(Outcome.Replaced.class);
        var now = Sample.parse(Files.readString(path));
        assertThat(now.rawText()).contains("Three wheels");
        assertThat(ProvenanceFooter.check(now, trusted)).isEqualTo(Provenance.VERIFIED);

        var tampered = signed.replace("battery", "reactor");
        var notLast = signed + "x\n";
        var strange = ProvenanceFooter.sign(Sample.minimal(), "who", pair().getPrivate());
        for (var old : new String[] {tampered, notLast, strange, Sample.minimal() + "<!-- ROBOT-MD-SIG junk"}) {
            assertThat(replace(old, old.replace("wheels", "legs"), Optional.of(signer)))
                    .isEqualTo(new Outcome.Signed());
            assertThat(path).hasContent(old);
        }
    }

    @Test
    @DisplayName("a key that would leave a footer nobody can verify does not sign")
    void keysThatDoNotBelongTogether() throws Exception {
        var pair = pair();
        var signed = ProvenanceFooter.sign(Sample.minimal(), "op", pair.getPrivate());
        var signer = new FooterSigner("op", pair().getPrivate(), Map.of("op", pair.getPublic()));
        assertThat(replace(signed, signed.replace("wheels", "legs"), Optional.of(signer)))
                .isEqualTo(new Outcome.Signed());
        assertThat(signer).hasToString("FooterSigner[op]");
    }

    @Test
    @DisplayName("an unsigned file stays unsigned")
    void unsigned() throws Exception {
        var pair = pair();
        var signer = new FooterSigner("op", pair.getPrivate(), Map.of("op", pair.getPublic()));
        assertThat(replace(Sample.minimal(), NEW, Optional.of(signer))).isInstanceOf(Outcome.Replaced.class);
        assertThat(path).hasContent(NEW);
    }

    private Outcome replace(String old, String text, Optional<FooterSigner> signer) throws IOException {
        Files.writeString(path, old);
        return new ManifestWriter(path, signer).replace(Sample.parse(old), text);
    }
}
