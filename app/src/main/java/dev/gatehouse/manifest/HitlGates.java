package dev.gatehouse.manifest;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The gates of a manifest and the capabilities that give their scopes a meaning (robot-md.md 10.3). */
public final class HitlGates {
    private static final Set<String> WELL_KNOWN = Set.of(
            "destructive",
            "system",
            "commission",
            "manipulate",
            "navigate",
            "actuate",
            "execute",
            "vision",
            "perceive");

    private final List<HitlGate> gates;
    private final Set<String> namedScopes;

    /**
     * Gates and the capabilities they are declared beside.
     *
     * @param gates in document order, which has no meaning
     * @param capabilities as declared; a scope that is no well-known word and names none of them is unknown
     */
    public HitlGates(List<HitlGate> gates, List<String> capabilities) {
        this.gates = List.copyOf(gates);
        this.namedScopes = capabilities.stream().flatMap(HitlGates::prefixes).collect(Collectors.toUnmodifiableSet());
    }

    static HitlGates of(Section root) {
        return new HitlGates(
                root.section("safety").sections("hitl_gates").stream()
                        .flatMap(HitlGate::of)
                        .toList(),
                root.texts("capabilities"));
    }

    /** The gates in document order. */
    public List<HitlGate> gates() {
        return gates;
    }

    /** Which gates an operation has to pass, and whether that takes a human. */
    public GateCoverage covering(Operation operation) {
        var covering = gates.stream()
                .filter(gate -> covers(gate, operation))
                .sorted(Comparator.<HitlGate>comparingInt(gate -> remoteness(gate, operation))
                        .thenComparing(HitlGate::scope))
                .toList();
        if (!covering.isEmpty()) {
            return GateCoverage.by(covering);
        }
        return switch (operation.operationClass()) {
            case ACTUATING, COMMISSIONING -> GateCoverage.undeclared();
            case SYSTEM -> GateCoverage.undeclaredSystem();
            case READ_ONLY, PERCEPTION -> GateCoverage.by(List.of());
        };
    }

    /** Whether a scope is neither a well-known word nor a declared capability or a prefix of one. */
    public boolean isUnknown(String scope) {
        return !WELL_KNOWN.contains(word(scope)) && !namedScopes.contains(scope);
    }

    private boolean covers(HitlGate gate, Operation operation) {
        if (names(gate.scope(), operation.name())) {
            return true;
        }
        var actuating = operation.isActuating();
        var navigating = OperationClass.isNavigating(operation.name());
        return switch (word(gate.scope())) {
            case "destructive", "actuate", "execute" -> actuating;
            case "manipulate" -> actuating && !navigating;
            case "navigate" -> actuating && navigating;
            case "system" -> operation.operationClass() == OperationClass.SYSTEM;
            case "commission" -> operation.operationClass() == OperationClass.COMMISSIONING;
            case "vision", "perceive" -> operation.operationClass() == OperationClass.PERCEPTION;
            // A scope nobody can place might mean anything, so it guards everything that moves; it opens nothing.
            default -> actuating && gate.requireAuth() && isUnknown(gate.scope());
        };
    }

    /** A capability and what precedes each of its dots. */
    private static Stream<String> prefixes(String capability) {
        var dots = IntStream.range(0, capability.length()).filter(i -> capability.charAt(i) == '.');
        return Stream.concat(dots.mapToObj(dot -> capability.substring(0, dot)), Stream.of(capability));
    }

    /** Equal to the name, or a prefix of it that ends at a dot. Case matters here, unlike in the well-known words. */
    private static boolean names(String scope, String name) {
        return name.equals(scope) || name.startsWith(scope + ".");
    }

    private int remoteness(HitlGate gate, Operation operation) {
        if (names(gate.scope(), operation.name())) {
            return operation.name().length() - gate.scope().length();
        }
        return isUnknown(gate.scope()) ? Integer.MAX_VALUE : Integer.MAX_VALUE - 1;
    }

    private static String word(String scope) {
        return scope.toLowerCase(Locale.ROOT);
    }
}
