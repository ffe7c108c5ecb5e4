package dev.gatehouse.gate;

import dev.gatehouse.secret.Secret;
import dev.gatehouse.tool.Payer;
import dev.gatehouse.tool.Tool;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is asking, taken from the credential and from nothing else (D2.1).
 *
 * @param credentialId {@code crd-…}, stable for one entry of the credentials file; {@code uid-…} for a user of this machine
 * @param caller the name the operator gave
 * @param modelKey what this caller pays a model with: of the request, else of the file the operator named (D2.3)
 * @param onBehalfOf for whom, nearest first; rights and caps are already those that all of them have (D2.2)
 */
public record Principal(
        String credentialId,
        String caller,
        Tier tier,
        Set<Role> roles,
        CallerLimits limits,
        Surface surface,
        Optional<Secret> modelKey,
        List<Represented> onBehalfOf) {
    public Principal {
        roles = Set.copyOf(roles);
        onBehalfOf = List.copyOf(onBehalfOf);
    }

    /** A caller that brings no model key and acts for itself. */
    public Principal(
            String credentialId, String caller, Tier tier, Set<Role> roles, CallerLimits limits, Surface surface) {
        this(credentialId, caller, tier, roles, limits, surface, Optional.empty(), List.of());
    }

    /** Somebody for whom another caller acts, by the credential that says so. */
    public record Represented(String credentialId, String caller) {}

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** Whether this caller may read at all. */
    public boolean reads() {
        return tier != Tier.NONE;
    }

    /** Whether to show this caller a tool: one that no arguments would ever be let through is only in the way. */
    public boolean sees(Tool tool) {
        return switch (tool.least()) {
            case STOP -> true;
            case OBSERVE -> reads();
            case ACTUATE, ADMIN -> tier == Tier.ACTUATE;
        };
    }

    /** The same caller by another way in. */
    public Principal via(Surface other) {
        return new Principal(credentialId, caller, tier, roles, limits, other, modelKey, onBehalfOf);
    }

    /** The same caller, paying with this key. */
    public Principal paying(Secret key) {
        return new Principal(credentialId, caller, tier, roles, limits, surface, Optional.of(key), onBehalfOf);
    }

    /** Who pays for what a model does for this caller. */
    public Payer payer() {
        return new Payer(credentialId, limits.dailyMicros(), limits.maxBudgetMicros(), modelKey);
    }
}
