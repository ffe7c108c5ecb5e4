package dev.gatehouse.gate;

import dev.gatehouse.manifest.GateCoverage;
import dev.gatehouse.manifest.OperationClass;
import dev.gatehouse.manifest.Warning;
import dev.gatehouse.manifest.WarningCode;
import dev.gatehouse.robot.Probe;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.Subject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Which calls need a person: by the gates of the manifest, the strictest first, and by the operator's policy (robot-md.md 10.3). */
final class HitlRule {
    /** The scope of a call that no gate of the manifest, but the operator's policy wants a person for. */
    private static final String BY_POLICY = "(policy)";

    /** The scope of what an external server plans or changes by itself (dispatcher.md 6.2). */
    private static final String BY_SERVER = "(tool server)";

    private static final String SYSTEM = "system";
    private static final String COMMISSION = "commission";

    /** The question to put before this call, if there is one. */
    Optional<Verdict.Ask> ask(Request request) {
        var scopes = new LinkedHashSet<String>();
        var reasons = new ArrayList<String>();
        var coverage = coverage(request);
        strictest(request, coverage).ifPresent(strictest -> {
            scopes.add(strictest);
            reasons.add("hitl:" + strictest);
        });
        coverage.forEach(c -> scopes.addAll(c.scopes()));
        if (request.policy().alwaysApprove().contains(request.call().tool())) {
            scopes.add(BY_POLICY);
            reasons.add("policy:" + request.call().tool());
        }
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(new Verdict.Ask(
                        List.copyOf(scopes),
                        reasons,
                        request.operation().orElseThrow() instanceof Operation.Clear ? Role.CLEAR : Role.APPROVE,
                        request.call().tool() + " needs a person to agree (" + reasons + ")"));
    }

    /** The scopes that cover this call, whether or not one of them wants a person. */
    static List<String> scopes(Request request) {
        return coverage(request).stream()
                .flatMap(c -> c.scopes().stream())
                .distinct()
                .toList();
    }

    /** That nothing was declared is always said, also where the operator lets it pass: a gap is never safe. */
    Optional<String> gap(Request request) {
        var coverage = coverage(request);
        return coverage.isEmpty() || !coverage.stream().allMatch(GateCoverage::gap)
                ? Optional.empty()
                : Optional.of(new Warning(
                                request.call().tool(),
                                WarningCode.GATE_GAP,
                                "no gate of the manifest covers this operation, which may move something")
                        .toString());
    }

    /** The scope to ask for: of a gate, or of what needs a person whether or not the manifest thought of it. */
    private Optional<String> strictest(Request request, List<GateCoverage> coverage) {
        var gap = !coverage.isEmpty() && coverage.stream().allMatch(GateCoverage::gap);
        var declared = coverage.stream()
                .filter(c -> gap ? !request.policy().gapsAllowed() : !c.gap())
                .flatMap(c -> c.scope().stream())
                .findFirst();
        return declared.or(() -> switch (request.operation().orElseThrow()) {
            case Operation.Write() -> Optional.of(SYSTEM);
            case Operation.Clear clear -> clear.latchId().map(latch -> SYSTEM);
            case Operation.Survey survey ->
                survey.probes().isEmpty() || coverage.stream().anyMatch(c -> names(c, COMMISSION))
                        ? Optional.empty()
                        : Optional.of(COMMISSION);
            case Operation.Read() -> Optional.empty();
            case Operation.Pursue() -> Optional.empty(); // Its steps are asked about one by one.
            case Operation.Look look -> Optional.empty();
            case Operation.Run run -> Optional.empty();
            case Operation.Stop() -> Optional.empty();
            case Operation.Forward forward ->
                forward.asked() ? Optional.of(forward.effect() == Effect.ADMIN ? SYSTEM : BY_SERVER) : Optional.empty();
        });
    }

    private static boolean names(GateCoverage coverage, String scope) {
        return coverage.scopes().stream().anyMatch(scope::equalsIgnoreCase);
    }

    private static List<GateCoverage> coverage(Request request) {
        if (!(request.declared() instanceof Declared.Present declared)) {
            return List.of();
        }
        return switch (request.operation().orElseThrow()) {
            case Operation.Read() -> List.of();
            case Operation.Pursue() -> List.of();
            case Operation.Stop() -> List.of();
            case Operation.Clear clear ->
                clear.latchId().isEmpty()
                        ? List.of()
                        : List.of(covering(declared, "estop_clear", OperationClass.SYSTEM));
            case Operation.Write() -> List.of(covering(declared, "record_skill", OperationClass.SYSTEM));
            case Operation.Look look -> List.of(covering(declared, "vision_find", OperationClass.PERCEPTION));
            case Operation.Run run ->
                List.of(covering(
                        declared,
                        run.capability(),
                        OperationClass.ofCapability(run.capability(), request.effect() == Effect.OBSERVE)));
            case Operation.Survey survey -> survey(declared, survey);
            case Operation.Forward forward -> forward(request.call().tool(), declared, forward);
        };
    }

    private static List<GateCoverage> forward(String tool, Declared.Present declared, Operation.Forward forward) {
        return switch (forward.effect()) {
            case STOP -> List.of();
            case OBSERVE ->
                forward.subject() instanceof Subject.OfObject
                        ? List.of(covering(declared, tool, OperationClass.PERCEPTION))
                        : List.of();
            case ADMIN -> List.of(covering(declared, tool, OperationClass.SYSTEM));
            case ACTUATE ->
                switch (forward.subject()) {
                    case Subject.OfCapability(var name) ->
                        List.of(covering(declared, name, OperationClass.ofCapability(name, false)));
                    case Subject.OfJoints joints -> probing(declared);
                    case Subject.OfObject object -> List.of(covering(declared, tool, OperationClass.ACTUATING));
                    case Subject.Unsaid() -> List.of(covering(declared, tool, OperationClass.ACTUATING));
                };
        };
    }

    /** A probe is commissioning, and a motion of the arm (robot-md.md 10.12). */
    private static List<GateCoverage> probing(Declared.Present declared) {
        return List.of(
                covering(declared, Probe.CAPABILITY, OperationClass.COMMISSIONING),
                covering(declared, "arm.probe_direction", OperationClass.COMMISSIONING));
    }

    /** Looking is covered as looking, and each probe as what it is. */
    private static List<GateCoverage> survey(Declared.Present declared, Operation.Survey survey) {
        var out = new ArrayList<GateCoverage>();
        if (!survey.probes().isEmpty()) {
            out.addAll(probing(declared));
        }
        if (survey.probes().size() < survey.steps().size()) {
            var looking = covering(declared, "discover", OperationClass.PERCEPTION);
            if (!looking.gates().isEmpty()) {
                out.add(looking);
            }
        }
        return out;
    }

    private static GateCoverage covering(Declared.Present declared, String name, OperationClass operationClass) {
        return declared.gates().covering(new dev.gatehouse.manifest.Operation(name, operationClass));
    }
}
