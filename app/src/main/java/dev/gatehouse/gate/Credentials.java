package dev.gatehouse.gate;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The credentials in force: who presents which token, looked up by hash so that no token is kept (D2.7).
 *
 * <p>The whole set is replaced at once when the file changes, so that every look-up sees one state of the file. Safe for use by
 * any number of threads.
 */
public final class Credentials {
    /** Compared against when a token is unknown, so that a miss costs the same work as a hit. */
    private static final Entry NOBODY = new Entry(
            "0".repeat(64),
            new Principal("crd-none", "nobody", Tier.NONE, Set.of(), CallerLimits.NONE, Surface.HTTP),
            Optional.of(Instant.EPOCH),
            Set.of());

    private final Clock clock;
    private volatile Map<String, Entry> byHash;

    Credentials(List<Entry> entries, Clock clock) throws ConfigException {
        this.clock = clock;
        var all = new LinkedHashMap<String, Entry>();
        for (var i = 0; i < entries.size(); i++) {
            if (all.put(entries.get(i).tokenSha256(), entries.get(i)) != null) {
                throw new ConfigException("entry " + i + " has the same secret as an earlier one");
            }
        }
        this.byHash = all;
    }

    /** Who presents this token; unknown and expired tokens look alike. */
    public Optional<Principal> authenticate(String token) {
        var hash = CanonicalJson.sha256(token.getBytes(StandardCharsets.UTF_8));
        var entry = byHash.getOrDefault(hash, NOBODY);
        var same = MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), entry.tokenSha256().getBytes(StandardCharsets.US_ASCII));
        return same && live(entry) ? Optional.of(entry.principal()) : Optional.empty();
    }

    /**
     * Who a caller is while it acts for others: never more than each of them, and never more than itself (D2.2, threats.md T5.3).
     *
     * @param callers for whom, nearest first; each has to name the next in its {@code may_act_for}
     * @return empty if one of them may not act for the next, or has no credential in force; which one is nobody's business
     */
    public Optional<Principal> represent(Principal who, List<String> callers) {
        var all = byHash.values();
        var at = all.stream().filter(e -> e.is(who.credentialId()) && live(e)).findFirst();
        var result = who;
        var represented = new ArrayList<Principal.Represented>();
        for (var i = 0; i < callers.size() && at.isPresent(); i++) {
            var name = callers.get(i);
            var next = i + 1 < callers.size() ? Optional.of(callers.get(i + 1)) : Optional.<String>empty();
            at = at.filter(e -> e.mayActFor().contains(name))
                    .flatMap(e -> all.stream()
                            .filter(hop -> hop.principal().caller().equals(name) && live(hop))
                            .filter(hop -> next.isEmpty() || hop.mayActFor().contains(next.get()))
                            // A caller may have several credentials; what it could do itself, it can do through
                            // another.
                            .max(Comparator.comparing(hop -> hop.principal().tier())));
            if (at.isPresent()) {
                var hop = at.get().principal();
                represented.add(new Principal.Represented(hop.credentialId(), name));
                result = within(result, hop, represented);
            }
        }
        return at.isPresent() ? Optional.of(result) : Optional.empty();
    }

    private static Principal within(Principal who, Principal hop, List<Principal.Represented> represented) {
        var roles = EnumSet.of(Role.STOP);
        who.roles().stream().filter(hop::has).forEach(roles::add);
        var tier = who.tier().compareTo(hop.tier()) <= 0 ? who.tier() : hop.tier();
        return new Principal(
                who.credentialId(),
                who.caller(),
                tier,
                roles,
                who.limits().within(hop.limits()),
                who.surface(),
                who.modelKey(),
                represented);
    }

    /** The id of some credential that is in force, for self-tests. */
    public String anyId() {
        return byHash.values().stream()
                .filter(this::live)
                .findAny()
                .map(entry -> entry.principal().credentialId())
                .orElse("");
    }

    /** Whether somebody who once got in would still get in now, and everybody it acts for as well. */
    public boolean alive(Principal who) {
        var ids = Stream.concat(
                Stream.of(who.credentialId()), who.onBehalfOf().stream().map(Principal.Represented::credentialId));
        return ids.allMatch(id -> LocalOperators.isLocal(id) || entry(id).isPresent());
    }

    /** Whether this credential still grants what it once did: not only alive, but no weaker than when its holder came in (D2.8). */
    public boolean covers(Principal who) {
        var now = entry(who.credentialId()).map(Entry::principal);
        return alive(who)
                && (now.isEmpty()
                        || (now.get().tier().compareTo(who.tier()) >= 0
                                && now.get().roles().containsAll(who.roles())));
    }

    private Optional<Entry> entry(String credentialId) {
        return byHash.values().stream()
                .filter(e -> e.is(credentialId) && live(e))
                .findFirst();
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

    /** All entries by the id of their credential, in the order of the file. */
    Map<String, Entry> entries() {
        var all = new LinkedHashMap<String, Entry>();
        byHash.values().forEach(entry -> all.put(entry.principal().credentialId(), entry));
        return all;
    }

    /** Takes the entries of another set in place of its own; from here on nobody is known by the old ones. */
    void become(Credentials other) {
        byHash = other.byHash;
    }

    /** Whether an entry grants anything at this moment. */
    boolean live(Entry entry) {
        return entry.expires().isEmpty()
                || clock.instant().isBefore(entry.expires().get());
    }

    /**
     * One line of the credentials file.
     *
     * @param tokenSha256 64 lower-case hexadecimal characters
     * @param mayActFor callers for whom the holder may act (D2.2)
     */
    record Entry(String tokenSha256, Principal principal, Optional<Instant> expires, Set<String> mayActFor) {
        boolean is(String credentialId) {
            return principal.credentialId().equals(credentialId);
        }

        /** Whether it says the same as another entry about the same secret; a model key is compared by its fingerprint. */
        boolean same(Entry other) {
            return expires.equals(other.expires)
                    && mayActFor.equals(other.mayActFor)
                    && principal.caller().equals(other.principal.caller())
                    && principal.tier() == other.principal.tier()
                    && principal.roles().equals(other.principal.roles())
                    && principal.limits().equals(other.principal.limits())
                    && fingerprint().equals(other.fingerprint());
        }

        private Optional<String> fingerprint() {
            return principal.modelKey().map(Secret::fingerprint);
        }
    }
}
