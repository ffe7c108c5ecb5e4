package dev.gatehouse.setup;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.file.AtomicFile;
import dev.gatehouse.file.FileIdentity;
import dev.gatehouse.gate.BearersFile.Listed;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The credentials in a bearers file, for whoever keeps them (D15.7). Each change is one atomic replacement of the file with the mode
 * and the owner it had; a running server takes it by itself and writes it into its audit (D2.8).
 */
public final class TokenRegister {
    private final Path file;
    private final RandomGenerator random;
    private final Clock clock;

    /**
     * The register in a file that is there; a link is followed, so that the link stays one.
     *
     * @param random mints the tokens, so it must be cryptographic outside tests
     * @throws ConfigException if there is no such file
     */
    public TokenRegister(Path file, RandomGenerator random, Clock clock) throws ConfigException {
        try {
            this.file = file.toRealPath();
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read; gatehouse init makes one, --bearers names another");
        }
        this.random = random;
        this.clock = clock;
    }

    /** Where a new token goes. */
    public sealed interface Delivery {
        /** To whoever asked, and nowhere on disk. */
        record Shown() implements Delivery {}

        /** Into a new file that only its owner can read. */
        record Written(Path file) implements Delivery {}
    }

    /** All entries, in the order of the file. */
    public List<Listed> list() throws ConfigException {
        return read().entries();
    }

    /** Adds a credential; its token. */
    public Secret add(Grant grant, Delivery delivery) throws ConfigException {
        return minting(delivery, (text, sha256) -> text.add(grant, sha256));
    }

    /**
     * Gives a credential another token, which is returned.
     *
     * @param who a caller, or the id of a credential
     * @param overlap how long the old token stays good
     */
    public Secret rotate(String who, Duration overlap, Delivery delivery) throws ConfigException {
        var oldUntil = overlap.isZero()
                ? Optional.<Instant>empty()
                : Optional.of(clock.instant().plus(overlap));
        return minting(delivery, (text, sha256) -> text.rotate(find(text, who), sha256, oldUntil));
    }

    /**
     * Removes a credential.
     *
     * @param who a caller, or the id of a credential
     */
    public void revoke(String who) throws ConfigException {
        change(text -> text.revoke(find(text, who)));
    }

    /** Puts hashes in place of plain tokens; how many there were. */
    public int migrate() throws ConfigException {
        var plain = (int) list().stream().filter(Listed::plain).count();
        if (plain > 0) {
            change(BearersText::hashed);
        }
        return plain;
    }

    private static Listed find(BearersText text, String who) throws ConfigException {
        var found = text.entries().stream()
                .filter(entry ->
                        entry.caller().equals(who) || entry.credentialId().equals(who))
                .toList();
        if (found.isEmpty()) {
            throw new ConfigException("no credential of " + who + "; gatehouse tokens list shows those there are");
        }
        if (found.size() > 1) {
            throw new ConfigException(who + " has " + found.size()
                    + " credentials; name one by its id, as gatehouse tokens list shows it");
        }
        return found.getFirst();
    }

    private Secret minting(Delivery delivery, Issue issue) throws ConfigException {
        var token = Secret.fresh(random).reveal();
        var sha256 = CanonicalJson.sha256(token.getBytes(StandardCharsets.UTF_8));
        if (delivery instanceof Delivery.Written(var path)) {
            deliver(token, path);
            var done = false;
            try {
                change(text -> issue.apply(text, sha256));
                done = true;
            } finally {
                if (!done) {
                    remove(path);
                }
            }
        } else {
            change(text -> issue.apply(text, sha256));
        }
        return Secret.of(token);
    }

    /** Before the credential exists, so that no token can be lost. */
    private static void deliver(String token, Path path) throws ConfigException {
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(AtomicFile.OWNER_ONLY));
            Files.writeString(path, token + "\n", StandardOpenOption.SYNC);
        } catch (IOException e) {
            throw new ConfigException(path + ": a new file is wanted here, and cannot be made; nothing was changed");
        }
    }

    private static void remove(Path path) throws ConfigException {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new ConfigException(path + ": holds a token that counts nowhere; remove it");
        }
    }

    private void change(Change change) throws ConfigException {
        var seen = FileIdentity.of(file);
        var next = change.apply(read()).text().getBytes(StandardCharsets.UTF_8);
        try {
            if (!AtomicFile.rewriteIf(() -> FileIdentity.of(file).equals(seen), file, next)) {
                throw new ConfigException(file + ": somebody else changed it just now; look at it and try again");
            }
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be replaced, so nothing was changed; its owner, or root, can");
        }
    }

    private BearersText read() throws ConfigException {
        try {
            return BearersText.of(Files.readString(file));
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read");
        } catch (ConfigException e) {
            throw new ConfigException(file + ", " + e.getMessage());
        }
    }

    private interface Change {
        BearersText apply(BearersText text) throws ConfigException;
    }

    private interface Issue {
        BearersText apply(BearersText text, String sha256) throws ConfigException;
    }
}
