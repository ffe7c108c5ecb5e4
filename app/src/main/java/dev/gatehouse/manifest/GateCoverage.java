package dev.gatehouse.manifest;

import java.util.List;
import java.util.Optional;

/**
 * What the gates of a manifest say about one operation (robot-md.md 10.3).
 *
 * @param gates those that cover it, most specific first
 * @param required whether a human must authorise it; the strictest covering gate wins
 * @param scope the scope to ask for, present exactly when {@code required}
 * @param gap no gate covers an operation that moves something; {@code required} is then true and only the operator's own configuration
 *     may waive it
 */
public record GateCoverage(List<HitlGate> gates, boolean required, Optional<String> scope, boolean gap) {
    /** The scope of an authorisation for something no gate covers. */
    public static final String UNDECLARED = "(undeclared)";

    public GateCoverage {
        gates = List.copyOf(gates);
    }

    /** The covering scopes, most specific first. */
    public List<String> scopes() {
        return gates.stream().map(HitlGate::scope).distinct().toList();
    }

    static GateCoverage by(List<HitlGate> gates) {
        var strictest = gates.stream()
                .filter(HitlGate::requireAuth)
                .map(HitlGate::scope)
                .findFirst();
        return new GateCoverage(gates, strictest.isPresent(), strictest, false);
    }

    static GateCoverage undeclared() {
        return new GateCoverage(List.of(), true, Optional.of(UNDECLARED), true);
    }

    /** The system class needs a human whether or not the manifest thought of it. */
    static GateCoverage undeclaredSystem() {
        return new GateCoverage(List.of(), true, Optional.of("system"), false);
    }
}
