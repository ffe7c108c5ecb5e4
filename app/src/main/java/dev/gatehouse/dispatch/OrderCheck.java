package dev.gatehouse.dispatch;

import dev.gatehouse.dispatch.Executor.Preparation;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.secret.Secret;
import java.util.Map;
import java.util.Optional;

/** What speaks against an order itself, however things stand (dispatcher.md 3.3 up to step 9). */
record OrderCheck(Map<TaskKind, Executor> executors, AdmissionRules rules) {
    OrderCheck {
        executors = Map.copyOf(executors);
    }

    /** Who works on it, or why nobody does. */
    Preparation prepare(Principal principal, Order order, Optional<Secret> key) {
        var executor = executors.get(order.kind());
        if (executor == null) {
            return unfit(Refusal.of(
                    Refusal.Code.NOT_IMPLEMENTED,
                    "tasks of kind " + order.kind().wire() + " are not served"));
        }
        return switch (executor.prepare(principal, order)) {
            case Preparation.Refused refused -> refused;
            case Preparation.Ready ready
            when ready.keyNeeded() && key.isEmpty() ->
                unfit(Refusal.of(Refusal.Code.UNAUTHORIZED, "missing X-Anthropic-Api-Key header (BYOK required)"));
            case Preparation.Ready ready ->
                rules.unfit(principal, order).map(OrderCheck::unfit).orElse(ready);
        };
    }

    private static Preparation unfit(Refusal why) {
        return new Preparation.Refused(why);
    }
}
