package dev.gatehouse.gate;

import dev.gatehouse.audit.AuditEntry.Actor;
import java.util.stream.Collectors;

/** Principals as the audit names them. */
public final class AuditActors {
    private AuditActors() {}

    public static Actor of(Principal principal) {
        return new Actor(
                principal.credentialId(),
                principal.caller(),
                principal.tier().wire(),
                principal.roles().stream().map(Role::wire).sorted().toList(),
                principal.surface().wire(),
                principal.onBehalfOf().isEmpty()
                        ? null
                        : principal.onBehalfOf().stream()
                                .map(Principal.Represented::caller)
                                .collect(Collectors.joining(" > ")));
    }
}
