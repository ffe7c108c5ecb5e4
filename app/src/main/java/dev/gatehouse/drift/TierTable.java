package dev.gatehouse.drift;

import dev.gatehouse.gate.Tier;
import dev.gatehouse.gate.Verdict;
import dev.gatehouse.json.Json;
import dev.gatehouse.server.GateTrial;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** What the gate says to each tier about each tool and about each capability of the robot, called in a way that never changes. */
final class TierTable {
    private static final String RUNS_CAPABILITIES = "execute_capability";

    private TierTable() {}

    /** Decisions by tier and call, for example {@code read execute_capability arm.home} is {@code deny tier tier_required}. */
    static Map<String, String> of(GateTrial trial) {
        var calls = new TreeMap<String, ObjectNode>();
        trial.tools().tools().forEach(tool -> calls.put(tool.name(), Json.object()));
        if (calls.containsKey(RUNS_CAPABILITIES)) {
            trial.capabilities()
                    .forEach(name -> calls.put(
                            RUNS_CAPABILITIES + " " + name, Json.object().put("capability", name)));
        }
        var decisions = new TreeMap<String, String>();
        calls.forEach((call, arguments) -> {
            for (var tier : Tier.values()) {
                decisions.put(tier.wire() + " " + call, decision(trial, tier, call.split(" ", 2)[0], arguments));
            }
        });
        return decisions;
    }

    private static String decision(GateTrial trial, Tier tier, String tool, ObjectNode arguments) {
        return switch (trial.judge(tier, Set.of(), tool, arguments)) {
            case Verdict.Allow() -> "allow";
            case Verdict.Ask ask -> "ask " + String.join(" ", ask.scopes());
            case Verdict.Deny deny -> "deny " + deny.step().wire() + " " + deny.code();
        };
    }
}
