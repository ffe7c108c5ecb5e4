package dev.gatehouse.audit;

import dev.gatehouse.audit.Segments.Segment;
import dev.gatehouse.file.AtomicFile;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;

/**
 * Copies what a log vouches for out of it, for somebody who does not trust this machine (D14.8): the records the signed head covers, the
 * head, the public key, and what checks them without this program.
 *
 * <p>It works beside a running log: records that are newer than the head are left for the next export.
 */
public final class AuditExport {
    private static final List<String> INSTRUCTIONS = List.of("VERIFY.md", "verify.mjs");

    private AuditExport() {}

    /**
     * Writes a new directory, readable by its owner only.
     *
     * @param log the directory of the log
     * @param target must not exist yet; its parent must
     * @return what a check of the copy says; it is kept whatever that is, because it may be evidence
     * @throws FileAlreadyExistsException if there is something at the target already
     * @throws IOException if something cannot be read or written, or the log has no head to say how far it goes
     */
    public static Verification write(Path log, Path target) throws IOException {
        // The head first: what it covers is durable, and grows no more.
        var head = Files.readAllBytes(log.resolve(Head.FILE));
        var keyFile = AuditVerifier.publicKeyOf(log);
        var key = Files.readAllBytes(keyFile);
        Files.createDirectory(
                target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var left = covered(head);
        for (var segment : Segments.list(log)) {
            if (left > 0) {
                left -= copy(segment, target, left);
            }
        }
        put(target, Head.FILE, head);
        put(target, String.valueOf(keyFile.getFileName()), key);
        for (var name : INSTRUCTIONS) {
            put(target, name, resource(name));
        }
        AtomicFile.forceDirectory(target);
        return AuditVerifier.verify(target);
    }

    /** Length of all records the head covers; everything, if the head is not to be understood. */
    private static long covered(byte[] head) {
        try {
            var bytes = Json.read(head).path("bytes");
            return bytes.isIntegralNumber() && bytes.canConvertToLong() ? bytes.longValue() : Long.MAX_VALUE;
        } catch (MalformedJsonException e) {
            return Long.MAX_VALUE;
        }
    }

    private static long copy(Segment segment, Path target, long most) throws IOException {
        var copy = target.resolve(segment.name());
        try (var from = FileChannel.open(segment.file(), StandardOpenOption.READ);
                var to = FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var length = Math.min(from.size(), most);
            var done = 0L;
            while (done < length) {
                var more = from.transferTo(done, length - done, to);
                if (more <= 0) {
                    break;
                }
                done += more;
            }
            to.force(true);
            return done;
        }
    }

    private static void put(Path directory, String name, byte[] content) throws IOException {
        AtomicFile.write(directory.resolve(name), content, AtomicFile.OWNER_ONLY);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = AuditExport.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
