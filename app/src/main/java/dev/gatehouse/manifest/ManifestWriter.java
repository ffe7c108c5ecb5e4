package dev.gatehouse.manifest;

import dev.gatehouse.file.AtomicFile;
import dev.gatehouse.json.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Replaces a ROBOT.md by an edited one: atomically, with its permissions, and only if it is still the file that was read
 * (robot-md.md 10.11.4, 10.11.5).
 *
 * <p>Safe for use by any number of threads. Another program that replaces the file in the instant between the last look and the rename
 * is not seen; no file system offers more.
 */
public final class ManifestWriter {
    private final Path path;
    private final Optional<FooterSigner> signer;

    /**
     * @param path of the file, or of a link to it; a link stays one
     * @param signer signs a signed file again; without one such a file is never written
     */
    public ManifestWriter(Path path, Optional<FooterSigner> signer) {
        this.path = path;
        this.signer = signer;
    }

    /** What came of a write. */
    public sealed interface Outcome {
        /**
         * The file has the new text.
         *
         * @param sha256 of the file's bytes now, lower-case hexadecimal
         */
        record Replaced(String sha256) implements Outcome {}

        /** The file has changed since it was read ({@code conflict}). */
        record Conflict() implements Outcome {}

        /** The change would break a signature, and there is no leave or no ground to sign again ({@code signed_manifest}). */
        record Signed() implements Outcome {}
    }

    /**
     * Puts a text in place of what was read.
     *
     * @throws IOException if the disk fails; the old file is then untouched
     */
    public synchronized Outcome replace(Manifest read, String text) throws IOException {
        if (!isStill(read, path)) {
            return new Outcome.Conflict();
        }
        if (text.equals(read.rawText())) {
            return new Outcome.Replaced(read.sha256());
        }
        var signed = ProvenanceFooter.check(read, Map.of()) == Provenance.ABSENT
                ? Optional.of(text)
                : signer.flatMap(leave -> leave.signAgain(read, text));
        if (signed.isEmpty()) {
            return new Outcome.Signed();
        }
        var target = path.toRealPath();
        var bytes = signed.get().getBytes(StandardCharsets.UTF_8);
        var mode = Files.getPosixFilePermissions(target);
        return AtomicFile.writeIf(() -> isStill(read, target), target, bytes, mode)
                ? new Outcome.Replaced(CanonicalJson.sha256(bytes))
                : new Outcome.Conflict();
    }

    private static boolean isStill(Manifest read, Path file) {
        return ManifestFile.bytes(file).map(CanonicalJson::sha256).equals(Optional.of(read.sha256()));
    }
}
