package dev.gatehouse.gate;

import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.Subject;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a call that a tool server of the operator's carries out (dispatcher.md 6.2). The house knows its effect and what it
 * names, and not its path: no limit of the manifest can be checked, which is said to whoever agrees to it.
 */
final class ForwardRule {
    private ForwardRule() {}

    /** Whether the server can be handed anything at all, and these arguments. */
    static Optional<Verdict.Deny> barrier(Operation.Forward forward) {
        return forward.barrier().map(barrier -> Verdict.Deny.error(Step.TOOL, barrier.code(), barrier.message()));
    }

    /** Whether the manifest declares what the call names. */
    static Optional<Verdict.Deny> declared(Request request, Operation.Forward forward) {
        if (forward.subject() instanceof Subject.Unsaid) {
            return Optional.empty();
        }
        if (!(request.declared() instanceof Declared.Present declared)) {
            return Optional.of(denies("manifest_unreadable", "the manifest cannot be read"));
        }
        return switch (forward.subject()) {
            case Subject.Unsaid() -> Optional.empty();
            case Subject.OfCapability(var name) ->
                declared.capabilities().contains(name)
                        ? Optional.empty()
                        : Optional.of(denies("not_declared", "the manifest does not declare this capability"));
            case Subject.OfObject(var descriptor) ->
                declared.manifest().objectDescriptors().stream()
                                .anyMatch(object -> object.id().equals(descriptor))
                        ? Optional.empty()
                        : Optional.of(denies("not_declared", "the manifest declares no such object"));
            case Subject.OfJoints(var probes) -> ProbeRule.shape(request, declared, probes);
        };
    }

    /** What a person who agrees, and whoever runs the robot, should know. */
    static List<String> warnings(Request request, Operation.Forward forward) {
        return forward.effect() == Effect.ACTUATE
                ? List.of(request.call().tool()
                        + ": the limits of the manifest cannot be checked; the tool server has to keep them by itself")
                : List.of();
    }

    private static Verdict.Deny denies(String code, String message) {
        return Verdict.Deny.error(Step.MANIFEST, code, message);
    }
}
