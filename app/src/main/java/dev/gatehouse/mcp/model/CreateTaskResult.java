package dev.gatehouse.mcp.model;

import dev.gatehouse.dispatch.Task;
import dev.gatehouse.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Instead of the result of a call: it has become a task, which is durable already. */
public record CreateTaskResult(Task task) implements Result {
    @Override
    public ObjectNode json(Revision revision) {
        return Json.object().put("resultType", "task").setAll(new McpTask(task).json());
    }
}
