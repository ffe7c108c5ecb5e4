package dev.gatehouse.setup;

import dev.gatehouse.gate.Role;
import dev.gatehouse.gate.Tier;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What a new credential grants, and to whom (dispatcher.md 2.3). */
public record Grant(String caller, Tier tier, Set<Role> roles, Optional<Instant> expires) {
    public Grant {
        roles = Set.copyOf(roles);
    }
}
