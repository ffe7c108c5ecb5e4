package dev.gatehouse.mcp.model;

import dev.gatehouse.dispatch.Task;
import tools.jackson.databind.node.ObjectNode;

/** How a task stands, and what it came to when it is over. */
public record GetTaskResult(Task task) implements Result {
    @Override
    public ObjectNode json(Revision revision) {
        return new McpTask(task).detailed();
    }
}
