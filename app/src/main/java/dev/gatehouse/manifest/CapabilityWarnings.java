package dev.gatehouse.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Capabilities that are repeated, or missing from a body that has joints or wheels (robot-md.md 4.6). */
final class CapabilityWarnings {
    private CapabilityWarnings() {}

    static List<Warning> of(Section root) {
        var warnings = new ArrayList<Warning>();
        var list = root.list("capabilities");
        var seen = new HashSet<Object>();
        var repeated = new HashSet<Object>();
        for (var i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof String name && !seen.add(name) && repeated.add(name)) {
                warnings.add(Warning.atPointer(
                        Pointers.child("/capabilities", i),
                        WarningCode.DUPLICATE_CAPABILITY,
                        "this capability is declared more than once"));
            }
        }
        if (list.isEmpty() && root.section("physics").number("dof").orElse(0) > 0) {
            warnings.add(Warning.atPointer(
                    "",
                    WarningCode.CAPABILITIES_MISSING,
                    "the robot can move but declares no capabilities, so nothing can be asked of it"));
        }
        return warnings;
    }
}
