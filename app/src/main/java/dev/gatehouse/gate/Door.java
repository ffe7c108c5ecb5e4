package dev.gatehouse.gate;

import dev.gatehouse.robot.Progress;
import dev.gatehouse.tool.ToolCall;
import dev.gatehouse.tool.ToolResult;
import dev.gatehouse.tool.Toolbox;

/**
 * What a surface sees of the gate: the tools it may show, and the one way to call them for somebody.
 *
 * <p>A process with a robot has {@link Gate}; one that can only read has {@link ReadingGate}.
 */
public interface Door {
    /** The catalogue behind this door, to be shown; showing a tool gives nobody the right to it. */
    Toolbox toolbox();

    /**
     * Lets a direct call through, or says why not; either way the answer is a result.
     *
     * @param progress hears how far a motion has come, on a thread that may block
     * @throws InterruptedException if the caller gave up
     */
    ToolResult call(Principal principal, ToolCall call, Progress progress) throws InterruptedException;

    /** The same for a caller that does not want to hear of progress. */
    default ToolResult call(Principal principal, ToolCall call) throws InterruptedException {
        return call(principal, call, Progress.none());
    }
}
