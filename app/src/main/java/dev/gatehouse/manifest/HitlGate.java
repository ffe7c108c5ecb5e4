package dev.gatehouse.manifest;

import java.util.stream.Stream;

/**
 * An entry of {@code safety.hitl_gates}: a scope that may need a human.
 *
 * @param requireAuth the effective value: only the boolean false opens a gate (robot-md.md 10.3)
 * @param declared whether {@code require_auth} was there to be read; if not, it is taken as required
 */
public record HitlGate(String scope, boolean requireAuth, boolean declared) {
    static Stream<HitlGate> of(Section gate) {
        return gate.text("scope").stream()
                .map(scope -> new HitlGate(
                        scope,
                        gate.flag("require_auth").orElse(true),
                        gate.flag("require_auth").isPresent()));
    }
}
