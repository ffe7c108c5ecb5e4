package dev.gatehouse.manifest;

import java.util.ArrayList;
import java.util.List;

/** Gates that do not say what they mean, and motions no gate covers (robot-md.md 4.6, 10.3). */
final class GateWarnings {
    private GateWarnings() {}

    static List<Warning> of(Section root) {
        var warnings = new ArrayList<Warning>();
        var gates = HitlGates.of(root);
        var list = root.section("safety").list("hitl_gates");
        for (var i = 0; i < list.size(); i++) {
            gate(Section.of(list.get(i)), Pointers.child("/safety/hitl_gates", i), gates, warnings);
        }
        gaps(root, gates, warnings);
        return warnings;
    }

    private static void gate(Section gate, String pointer, HitlGates gates, List<Warning> warnings) {
        var scope = gate.text("scope");
        if (scope.isEmpty()) {
            return;
        }
        if (gates.isUnknown(scope.get())) {
            warnings.add(Warning.atPointer(
                    pointer + "/scope",
                    WarningCode.GATE_UNKNOWN_SCOPE,
                    "this scope names nothing known; if it requires authorisation it covers everything that moves"));
        }
        if (!gate.has("require_auth")) {
            warnings.add(Warning.atPointer(
                    pointer, WarningCode.GATE_AUTH_MISSING, "require_auth is missing and is taken as true"));
        }
    }

    private static void gaps(Section root, HitlGates gates, List<Warning> warnings) {
        var capabilities = root.list("capabilities");
        for (var i = 0; i < capabilities.size(); i++) {
            if (capabilities.get(i) instanceof String name && isUncovered(name, gates)) {
                warnings.add(Warning.atPointer(
                        Pointers.child("/capabilities", i),
                        WarningCode.GATE_GAP,
                        "no gate covers this capability, so every use of it needs authorisation"));
            }
        }
    }

    private static boolean isUncovered(String capability, HitlGates gates) {
        var kind = OperationClass.presumed(capability);
        return kind != OperationClass.READ_ONLY
                && gates.covering(new Operation(capability, kind)).gates().isEmpty();
    }
}
