package dev.gatehouse.gate;

import java.util.Set;

/**
 * Who is asking, taken from the credential and from nothing else (D2.1).
 *
 * @param credentialId {@code crd-…}, stable for one entry of the credentials file
 * @param caller the name the operator gave
 */
public record Principal(
        String credentialId, String caller, Tier tier, Set<Role> roles, CallerLimits limits, Surface surface) {
    public Principal {
        roles = Set.copyOf(roles);
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** Whether this caller may read at all. */
    public boolean reads() {
        return tier != Tier.NONE;
    }
}
