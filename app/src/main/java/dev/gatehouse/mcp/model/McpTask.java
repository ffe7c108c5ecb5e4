package dev.gatehouse.mcp.model;

import dev.gatehouse.dispatch.Task;
import dev.gatehouse.dispatch.TaskState;
import dev.gatehouse.json.Json;
import dev.gatehouse.mcp.wire.RpcError;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** A task of the house in the words of the extension for tasks: three ends instead of eleven, and no way for a client to add input. */
record McpTask(Task task) {
    private static final int POLL_MS = 1_000;

    private enum Status {
        WORKING,
        COMPLETED,
        FAILED,
        CANCELLED;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private Status status() {
        var state = task.state();
        if (!state.terminal()) {
            return Status.WORKING;
        }
        if (state == TaskState.CANCELED) {
            return Status.CANCELLED;
        }
        return output().isObject() ? Status.COMPLETED : Status.FAILED;
    }

    private tools.jackson.databind.JsonNode output() {
        return task.member("result").path("output");
    }

    /** The object {@code Task}: how it stands, without what it came to. */
    ObjectNode json() {
        var out = Json.object().put("taskId", task.id()).put("status", status().wire());
        out.put("statusMessage", message());
        out.set("createdAt", task.member("created_at"));
        out.set("lastUpdatedAt", task.state().terminal() ? task.member("ended_at") : latest());
        out.putNull("ttlMs");
        return out.put("pollIntervalMs", POLL_MS);
    }

    private tools.jackson.databind.JsonNode latest() {
        var started = task.member("started_at");
        return started.isNull() ? task.member("created_at") : started;
    }

    private String message() {
        return task.state() == TaskState.AWAITING_APPROVAL
                ? "a person is asked to agree: "
                        + task.member("approvals")
                                .path(task.member("approvals").size() - 1)
                                .asString("")
                : task.state().wire();
    }

    /** The object {@code DetailedTask}: with the result of the call, or with why there is none. */
    ObjectNode detailed() {
        var out = json();
        return switch (status()) {
            case WORKING, CANCELLED -> out;
            case COMPLETED -> out.set("result", called());
            case FAILED ->
                out.set(
                        "error",
                        Json.object()
                                .put("code", RpcError.INTERNAL_ERROR)
                                .put("message", "the task ended " + task.state().wire()));
        };
    }

    private ObjectNode called() {
        var result = Json.object();
        result.putArray("content")
                .addObject()
                .put("type", "text")
                .put("text", output().path("text").asString(""));
        if (output().has("structured")) {
            result.set("structuredContent", output().path("structured"));
        }
        return result.put("isError", output().path("is_error").booleanValue(false));
    }
}
