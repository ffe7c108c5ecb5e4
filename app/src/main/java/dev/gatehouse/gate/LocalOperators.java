package dev.gatehouse.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Users of this machine and what they may do on the Unix socket, where the kernel says who calls (D2.3).
 *
 * <p>The user this process runs as may stop and nothing else, whatever the policy says: what a model made run does so as this
 * user, too.
 */
public final class LocalOperators {
    private static final String ID = "uid-";

    private final Map<UserPrincipal, Set<Role>> rights = new HashMap<>();

    private LocalOperators() {}

    /** What the policy says, by numeric user id. */
    public static LocalOperators of(Map<Integer, Set<Role>> byUid) {
        try {
            return of(byUid, Files.getOwner(Path.of("/proc/self")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LocalOperators of(Map<Integer, Set<Role>> byUid, UserPrincipal self) throws IOException {
        var operators = new LocalOperators();
        for (var operator : byUid.entrySet()) {
            operators.rights.put(user(operator.getKey()), operator.getValue());
        }
        operators.rights.put(self, Set.of(Role.STOP));
        return operators;
    }

    /** The user with this id; a system whose users have names of digits only is not one to be precise about. */
    static UserPrincipal user(int uid) throws IOException {
        return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(Integer.toString(uid));
    }

    /** Who this user is to the server; empty for one who has no rights here. */
    public Optional<Principal> principal(UserPrincipal user) {
        return Optional.ofNullable(rights.get(user)).map(granted -> {
            var roles = EnumSet.of(Role.STOP);
            roles.addAll(granted);
            // No entry of a file can have a caller with a colon in its name.
            var caller = "local:" + user.getName();
            return new Principal(ID + user.getName(), caller, Tier.NONE, roles, CallerLimits.NONE, Surface.CLI);
        });
    }

    /** Whether an id is one of these; a user of the machine is never revoked while the server runs. */
    static boolean isLocal(String credentialId) {
        return credentialId.startsWith(ID);
    }
}
