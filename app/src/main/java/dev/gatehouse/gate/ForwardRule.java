package dev.gatehouse.gate;

import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Operation;
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
        if (forward.capability().isEmpty() && forward.descriptor().isEmpty()) {
            return Optional.empty();
        }
        if (!(request.declared() instanceof Declared.Present declared)) {
            return Optional.of(denies("manifest_unreadable", "the manifest cannot be read"));
        }
        if (!forward.capability().map(declared.capabilities()::contains).orElse(true)) {
            return Optional.of(denies("not_declared", "the manifest does not declare this capability"));
        }
        var known = declared.manifest().objectDescriptors().stream().map(object -> object.id());
        return forward.descriptor().isEmpty()
                        || known.anyMatch(forward.descriptor().get()::equals)
                ? Optional.empty()
                : Optional.of(denies("not_declared", "the manifest declares no such object"));
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
