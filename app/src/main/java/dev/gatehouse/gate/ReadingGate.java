package dev.gatehouse.gate;

import dev.gatehouse.robot.Envelope;
import dev.gatehouse.robot.Progress;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Invocation;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolCall;
import dev.gatehouse.tool.ToolResult;
import dev.gatehouse.tool.Toolbox;
import java.util.Optional;

/**
 * The door of a process that holds no robot: everything behind it only reads, so there is nobody to ask and nothing to record.
 * It starts in no time, which a server that a client starts for every conversation has to.
 */
public final class ReadingGate implements Door {
    private final Toolbox toolbox;

    /**
     * A door to tools that only read.
     *
     * @throws IllegalArgumentException if one of them could ever do more
     */
    public ReadingGate(Toolbox toolbox) {
        toolbox.tools().stream().filter(tool -> tool.worst() != Effect.OBSERVE).forEach(tool -> {
            throw new IllegalArgumentException(tool.name() + " does more than read");
        });
        this.toolbox = toolbox;
    }

    @Override
    public Toolbox toolbox() {
        return toolbox;
    }

    /** Calls a tool that reads the manifest; its arguments do not matter (robot-md.md 8.6). */
    @Override
    public ToolResult call(Principal principal, ToolCall call, Progress progress) throws InterruptedException {
        var tool = toolbox.find(call.tool());
        if (tool.isEmpty()) {
            return Verdict.Deny.unknownTool(call.tool()).asResult();
        }
        return run(tool.get(), principal, call, progress);
    }

    private static ToolResult run(Tool tool, Principal principal, ToolCall call, Progress progress)
            throws InterruptedException {
        return switch (tool.operation().of(call.arguments())) {
            case Operation.Read read ->
                tool.function()
                        .run(new Invocation(
                                call,
                                read,
                                Envelope.undeclared(),
                                false,
                                Optional.empty(),
                                progress,
                                "",
                                principal.caller(),
                                Optional.empty()));
            case Operation.Look look -> notHere(tool);
            case Operation.Run run -> notHere(tool);
            case Operation.Survey survey -> notHere(tool);
            case Operation.Pursue() -> notHere(tool);
            case Operation.Write() -> notHere(tool);
            case Operation.Clear clear -> notHere(tool);
            case Operation.Stop() -> notHere(tool);
            case Operation.Forward forward -> notHere(tool);
        };
    }

    private static ToolResult notHere(Tool tool) {
        return ToolResult.refused(
                ToolResult.Outcome.ERROR, true, "no_backend", tool.name() + " needs a robot, and none is open here");
    }
}
