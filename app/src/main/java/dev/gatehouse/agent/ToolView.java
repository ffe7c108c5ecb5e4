package dev.gatehouse.agent;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The only way out of an engine: the tools one Task may see, and the door they are called through (E1.2, E1.3).
 *
 * <p>The view refuses whatever must not happen, always as an ordinary answer with {@code isError}. When the Task gets a stop
 * cause it ends a call under way by the cancel procedure and returns. Calls of {@link OfferedTool.Kind#OBSERVE} tools may overlap.
 */
public interface ToolView {
    /** The tools, complete and pinned before the run starts. The same list every time. */
    List<OfferedTool> tools();

    /**
     * Makes one call and waits for its answer.
     *
     * @param callId the model's id of the call, unique within the response
     * @param turn the response that asked for it, from 1
     * @param name as the model gave it, so possibly not an offered one
     * @throws InterruptedException if the calling thread is interrupted while waiting
     */
    ToolAnswer call(String callId, int turn, String name, ObjectNode arguments) throws InterruptedException;
}
