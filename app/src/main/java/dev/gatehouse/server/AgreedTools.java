package dev.gatehouse.server;

import dev.gatehouse.gate.Policy;
import dev.gatehouse.tool.Toolbox;

/** Tools that are not those the operator agreed to are offered to nobody (D6.7, threats.md T3.2). */
final class AgreedTools {
    private AgreedTools() {}

    /**
     * Compares the tools with what a policy says of them.
     *
     * @throws StartFailure if it pins others, or has a rule for one that is not there
     */
    static void check(Policy policy, Toolbox tools) throws StartFailure {
        for (var name : policy.alwaysApprove()) {
            if (tools.find(name).isEmpty()) {
                throw new StartFailure(
                        StartFailure.Kind.CONFIGURATION,
                        "the policy has a rule for the tool " + name + ", and there is no tool of that name");
            }
        }
        var pin = policy.surfacePin();
        if (pin.isPresent() && !pin.get().equals(tools.surfaceSha256())) {
            throw new StartFailure(
                    StartFailure.Kind.CONFIGURATION,
                    "the tools are not those the policy pins (surface_sha256): another driver, or another version of"
                            + " Gatehouse. gatehouse drift says what changed. If that is meant, run gatehouse policy pin,"
                            + " or write this into the policy, and start again:\n"
                            + "surface_sha256: " + tools.surfaceSha256());
        }
    }
}
