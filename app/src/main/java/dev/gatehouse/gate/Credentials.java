package dev.gatehouse.gate;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The credentials in force: who presents which token, looked up by hash so that no token is kept (D2.7). */
public final class Credentials {
    /** Compared against when a token is unknown, so that a miss costs the same work as a hit. */
    private static final Entry NOBODY = new Entry(
            "0".repeat(64),
            new Principal("crd-none", "nobody", Tier.NONE, java.util.Set.of(), CallerLimits.NONE, Surface.HTTP),
            Optional.of(Instant.EPOCH));

    private final Map<String, Entry> byHash = new HashMap<>();
    private final Clock clock;

    Credentials(List<Entry> entries, Clock clock) throws ConfigException {
        this.clock = clock;
        for (var i = 0; i < entries.size(); i++) {
            if (byHash.put(entries.get(i).tokenSha256(), entries.get(i)) != null) {
                throw new ConfigException("entry " + i + " has the same secret as an earlier one");
            }
        }
    }

    /** Who presents this token; unknown and expired tokens look alike. */
    public Optional<Principal> authenticate(String token) {
        var hash = CanonicalJson.sha256(token.getBytes(StandardCharsets.UTF_8));
        var entry = byHash.getOrDefault(hash, NOBODY);
        var same = MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), entry.tokenSha256().getBytes(StandardCharsets.US_ASCII));
        return same && live(entry) ? Optional.of(entry.principal()) : Optional.empty();
    }

    /** The id of some credential that is in force, for self-tests. */
    public String anyId() {
        return byHash.values().stream()
                .filter(this::live)
                .findAny()
                .map(entry -> entry.principal().credentialId())
                .orElse("");
    }

    /** Whether a credential that once got in would still get in now. */
    public boolean alive(String credentialId) {
        return byHash.values().stream()
                .anyMatch(e -> e.principal().credentialId().equals(credentialId) && live(e));
    }

    /** Whether some credential that is in force has this role. */
    public boolean anybody(Role role) {
        return byHash.values().stream().anyMatch(entry -> entry.principal().has(role) && live(entry));
    }

    /** The model keys that the operator keeps for callers, so that they can be recognised in a text. */
    public List<Secret> modelKeys() {
        return byHash.values().stream()
                .flatMap(entry -> entry.principal().modelKey().stream())
                .toList();
    }

    /** Hashes of all tokens, so that a token in a text can be recognised. */
    public boolean knows(String tokenSha256) {
        return byHash.containsKey(tokenSha256);
    }

    private boolean live(Entry entry) {
        return entry.expires().isEmpty()
                || clock.instant().isBefore(entry.expires().get());
    }

    /**
     * One line of the credentials file.
     *
     * @param tokenSha256 64 lower-case hexadecimal characters
     */
    record Entry(String tokenSha256, Principal principal, Optional<Instant> expires) {}
}
