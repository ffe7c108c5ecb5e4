package dev.gatehouse.install;

import dev.gatehouse.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One entry in one file: planned first, so that a person can be asked, then written whole or not at all.
 *
 * <p>No copy of the old file is kept. Nothing in it is lost but an entry of the same name, which is shown before it goes; and such
 * files hold keys of other servers, of which a second copy that nobody knows of is worse than none.
 */
public final class Installation {
    private static final int MAX_BYTES = 1 << 20;
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

    private final Client client;
    private final Path file;
    private final ServerEntry entry;

    public Installation(Client client, Path file, ServerEntry entry) {
        this.client = client;
        this.file = file;
        this.entry = entry;
    }

    /** Reads the file and says what would change. Nothing is written. */
    public Plan plan() {
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            var whole = client.snippet(entry);
            return new Plan.Change(
                    file, Optional.empty(), whole, List.of(), whole.lines().toList());
        }
        try {
            // The link stays a link: what it leads to is changed.
            return plan(file.toRealPath());
        } catch (CharacterCodingException e) {
            return new Plan.ByHand("it is not UTF-8");
        } catch (IOException e) {
            return new Plan.ByHand("it cannot be read");
        }
    }

    private Plan plan(Path real) throws IOException {
        if (!Files.isRegularFile(real) || Files.size(real) > MAX_BYTES) {
            return new Plan.ByHand("it is no file, or a huge one");
        }
        if (!Files.isWritable(real) || !isOwn(real)) {
            return new Plan.ByHand("it is read-only or belongs to another user");
        }
        var before = Files.readString(real);
        return switch (client.edit(before, entry)) {
            case Edit.Changed(var after, var removed, var added) ->
                new Plan.Change(real, Optional.of(before), after, removed, added);
            case Edit.Same() -> new Plan.Done();
            case Edit.Refused(var why) -> new Plan.ByHand(why);
        };
    }

    /** Replacing a file makes it this user's, so it has to be already. */
    private static boolean isOwn(Path real) throws IOException {
        return Files.getOwner(real).getName().equals(System.getProperty("user.name"));
    }

    /**
     * Writes what was planned, with the permissions the file had.
     *
     * @throws IOException if a step fails, or the file is no longer what the plan was made for; it is then as it was
     */
    public void write(Plan.Change change) throws IOException {
        var target = change.file();
        if (change.before().isEmpty()) {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("somebody else has just made it");
            }
            Files.createDirectories(target.toAbsolutePath().getParent());
        } else if (!Files.readString(target).equals(change.before().get())) {
            throw new IOException("somebody else has just changed it");
        }
        var mode = change.before().isPresent()
                ? Files.getPosixFilePermissions(target)
                : client.isOfProject() ? READABLE : AtomicFile.OWNER_ONLY;
        AtomicFile.write(target, change.after().getBytes(StandardCharsets.UTF_8), mode);
    }
}
