package dev.gatehouse.gate;

import dev.gatehouse.manifest.GateCoverage;
import dev.gatehouse.manifest.OperationClass;
import dev.gatehouse.manifest.Warning;
import dev.gatehouse.manifest.WarningCode;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Operation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Which calls need a person: by the gates of the manifest, the strictest first, and by the operator's policy (robot-md.md 10.3). */
final class HitlRule {
    /** The scope of a call that no gate of the manifest, but the operator's policy wants a person for. */
    private static final String BY_POLICY = "(policy)";

    private final Policy policy;

    HitlRule(Policy policy) {
        this.policy = policy;
    }

    /** The question to put before this call, if there is one. */
    Optional<Verdict> ask(Request request) {
        var scopes = new LinkedHashSet<String>();
        var reasons = new ArrayList<String>();
        var coverage = coverage(request).filter(this::closed);
        coverage.flatMap(GateCoverage::scope).ifPresent(strictest -> {
            scopes.add(strictest);
            reasons.add("hitl:" + strictest);
        });
        coverage.ifPresent(c -> scopes.addAll(c.scopes()));
        if (policy.alwaysApprove().contains(request.call().tool())) {
            scopes.add(BY_POLICY);
            reasons.add("policy:" + request.call().tool());
        }
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(new Verdict.Ask(
                        List.copyOf(scopes),
                        reasons,
                        request.call().tool() + " needs a person to agree (" + reasons + ")"));
    }

    /** That nothing was declared is always said, also where the operator lets it pass: a gap is never safe. */
    Optional<String> gap(Request request) {
        return coverage(request)
                .filter(GateCoverage::gap)
                .map(gap -> new Warning(
                                request.call().tool(),
                                WarningCode.GATE_GAP,
                                "no gate of the manifest covers this operation, which may move something")
                        .toString());
    }

    private boolean closed(GateCoverage coverage) {
        return !(coverage.gap() && policy.gapsAllowed());
    }

    private static Optional<GateCoverage> coverage(Request request) {
        if (!(request.declared() instanceof Declared.Present declared)) {
            return Optional.empty();
        }
        return switch (request.operation().orElseThrow()) {
            case Operation.Read() -> Optional.empty();
            case Operation.Stop() -> Optional.empty();
            case Operation.Look look -> Optional.of(covering(declared, "vision_find", OperationClass.PERCEPTION));
            case Operation.Run run ->
                Optional.of(covering(
                        declared,
                        run.capability(),
                        OperationClass.ofCapability(run.capability(), request.effect() == Effect.OBSERVE)));
        };
    }

    private static GateCoverage covering(Declared.Present declared, String name, OperationClass operationClass) {
        return declared.gates().covering(new dev.gatehouse.manifest.Operation(name, operationClass));
    }
}
