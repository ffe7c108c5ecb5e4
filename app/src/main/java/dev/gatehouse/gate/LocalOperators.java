package dev.gatehouse.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Users of this machine and what they may do on the Unix socket, where the kernel says who calls (D2.3).
 *
 * <p>The user this process runs as may stop and nothing else, whatever the policy says: what a model made run does so as this
 * user, too.
 */
public final class LocalOperators {
    private static final String ID = "uid-";

    private final Supplier<Map<Integer, Set<Role>>> byUid;
    private final UserPrincipal self;
    /** Who has which id does not change while a server runs, and a request should not ask the system again. */
    private final Map<Integer, UserPrincipal> known = new ConcurrentHashMap<>();

    LocalOperators(Supplier<Map<Integer, Set<Role>>> byUid, UserPrincipal self) {
        this.byUid = byUid;
        this.self = self;
    }

    /** What the policy in force says, by numeric user id. */
    public static LocalOperators of(Supplier<Map<Integer, Set<Role>>> byUid) {
        try {
            return new LocalOperators(byUid, Files.getOwner(Path.of("/proc/self")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The user with this id; a system whose users have names of digits only is not one to be precise about. */
    static UserPrincipal user(int uid) throws IOException {
        return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(Integer.toString(uid));
    }

    /** Who this user is to the server; empty for one who has no rights here. */
    public Optional<Principal> principal(UserPrincipal user) {
        return granted(user).map(granted -> {
            var roles = EnumSet.of(Role.STOP);
            roles.addAll(granted);
            // No entry of a file can have a caller with a colon in its name.
            var caller = "local:" + user.getName();
            return new Principal(ID + user.getName(), caller, Tier.NONE, roles, CallerLimits.NONE, Surface.CLI);
        });
    }

    private Optional<Set<Role>> granted(UserPrincipal user) {
        if (user.equals(self)) {
            return Optional.of(Set.of(Role.STOP));
        }
        return byUid.get().entrySet().stream()
                .filter(operator -> is(user, operator.getKey()))
                .findFirst()
                .map(Map.Entry::getValue);
    }

    private boolean is(UserPrincipal user, int uid) {
        try {
            var found = known.get(uid);
            if (found == null) {
                found = user(uid);
                known.put(uid, found);
            }
            return user.equals(found);
        } catch (IOException e) {
            return false; // Somebody this machine cannot look up is nobody.
        }
    }

    /** Whether an id is one of these; a user of the machine is never revoked while the server runs. */
    static boolean isLocal(String credentialId) {
        return credentialId.startsWith(ID);
    }
}
