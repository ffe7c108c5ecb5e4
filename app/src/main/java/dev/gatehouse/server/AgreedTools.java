package dev.gatehouse.server;

import dev.gatehouse.gate.Policy;
import dev.gatehouse.gate.StopWays;
import dev.gatehouse.tool.ToolRules;
import dev.gatehouse.tool.Toolbox;
import dev.gatehouse.toolserver.ForwardedTools;
import dev.gatehouse.toolserver.ToolServer;
import java.util.Optional;

/** Tools that are not those the operator agreed to are offered to nobody (D6.7, threats.md T3.2). */
final class AgreedTools {
    private final Toolbox tools;
    private final Optional<ToolServer> server;
    private final ToolRules rules;

    /**
     * The tools of one server.
     *
     * @param rules by which they were put together
     */
    AgreedTools(Toolbox tools, Optional<ToolServer> server, ToolRules rules) {
        this.tools = tools;
        this.server = server;
        this.rules = rules;
    }

    /**
     * Compares the tools with what a policy says of them.
     *
     * @throws StartFailure if it pins others, has a rule for one that is not there, or says otherwise what they do
     */
    void check(Policy policy) throws StartFailure {
        for (var name : policy.alwaysApprove()) {
            if (tools.find(name).isEmpty()) {
                throw refused("the policy has a rule for the tool " + name + ", and there is no tool of that name");
            }
        }
        if (!policy.toolRules().equals(rules)) {
            throw refused("what the tools of the tool server do is settled when Gatehouse starts; start it again");
        }
        if (server.isPresent()) {
            foreign(policy, server.get());
        } else if (policy.needsToolServer().isPresent()) {
            throw refused("the policy has " + policy.needsToolServer().get()
                    + ", which means nothing without a tool server of your own (--mcp-command)");
        }
        pin(policy);
    }

    private void foreign(Policy policy, ToolServer process) throws StartFailure {
        var misnamed = ForwardedTools.misnamed(process, rules);
        if (misnamed.isPresent()) {
            throw refused("the policy says what the tool " + misnamed.get()
                    + " does, and the tool server has none of that name, or it is settled what it does");
        }
        if (!rules.readPatterns().isEmpty() && policy.surfacePin().isEmpty()) {
            throw refused("the policy has patterns.read, which hold for the pinned tools alone, and pins none; write"
                    + " this into it if these are the right ones:\nsurface_sha256: " + tools.surfaceSha256());
        }
        var stoppable = ForwardedTools.canBeStopped(process)
                || policy.stop().commandsFile()
                || policy.stop().escalate().contains(StopWays.KILL_MOTION);
        if (!stoppable && ForwardedTools.anyMoves(process, rules)) {
            throw refused("the tool server may move the robot and has no tool estop; name another way to stop it in the"
                    + " policy: stop.channels with commands_jsonl, or stop.escalate with kill_motion");
        }
    }

    private void pin(Policy policy) throws StartFailure {
        var pin = policy.surfacePin();
        if (pin.isPresent() && !pin.get().equals(tools.surfaceSha256())) {
            throw refused("the tools are not those the policy pins (surface_sha256): another driver or tool server, or"
                    + " another version of one or of Gatehouse. gatehouse drift says what changed. If that is meant, run"
                    + " gatehouse policy pin, or write this into the policy, and start again:\n"
                    + "surface_sha256: " + tools.surfaceSha256());
        }
    }

    private static StartFailure refused(String message) {
        return new StartFailure(StartFailure.Kind.CONFIGURATION, message);
    }
}
