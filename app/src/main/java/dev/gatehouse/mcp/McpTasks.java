package dev.gatehouse.mcp;

import dev.gatehouse.dispatch.Dispatcher;
import dev.gatehouse.dispatch.LiveTask;
import dev.gatehouse.dispatch.Order;
import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.dispatch.StoreUnavailableException;
import dev.gatehouse.dispatch.Submission;
import dev.gatehouse.dispatch.Task;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.mcp.model.CallToolResult;
import dev.gatehouse.mcp.model.CreateTaskResult;
import dev.gatehouse.mcp.model.EmptyResult;
import dev.gatehouse.mcp.model.GetTaskResult;
import dev.gatehouse.mcp.model.Result;
import dev.gatehouse.mcp.wire.RpcError;
import dev.gatehouse.mcp.wire.RpcException;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.ToolCall;
import dev.gatehouse.tool.ToolResult;
import java.time.Duration;
import java.util.Optional;

/**
 * Calls that become tasks (extension {@code io.modelcontextprotocol/tasks}): the tasks of the house, so that a call that was
 * answered with a task is durable, survives its client, and is stopped like any other.
 */
public final class McpTasks {
    /** Longest time for one call, a person's answer included. */
    private static final Duration DEADLINE = Duration.ofMinutes(15);

    private final Dispatcher dispatcher;

    public McpTasks(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** Makes a task of a call; what cannot become one is refused as the call itself would be. */
    Result create(Principal who, ToolCall call) {
        return switch (dispatcher.submit(who, Order.forCall(call, Effect.ACTUATE, DEADLINE), Optional.empty())) {
            case Submission.Accepted(var task) -> new CreateTaskResult(task.task());
            case Submission.Refused(var refusal) -> new CallToolResult(refused(refusal));
        };
    }

    private static ToolResult refused(Refusal refusal) {
        var reason = switch (refusal.code()) {
            case ESTOP_LATCHED -> "estop_set";
            case BUSY, NO_CAPACITY, TOO_MANY_TASKS -> "busy";
            default -> refusal.code().wire();
        };
        return ToolResult.refused(ToolResult.Outcome.BLOCKED, false, reason, refusal.detail());
    }

    GetTaskResult get(Principal who, String id) throws RpcException {
        return new GetTaskResult(find(who, id));
    }

    /** Tells a task to stop; one that is over stays what it is. */
    EmptyResult cancel(Principal who, String id) throws RpcException {
        var task = find(who, id);
        dispatcher.live(task.id()).ifPresent(this::cancel);
        return new EmptyResult();
    }

    private void cancel(LiveTask task) {
        dispatcher.cancel(task, "canceled over MCP");
    }

    /** Nothing is ever asked of a client in the middle of a task, so there is nothing its input could answer. */
    EmptyResult update(Principal who, String id) throws RpcException {
        var _ = find(who, id);
        return new EmptyResult();
    }

    private Task find(Principal who, String id) throws RpcException {
        try {
            return dispatcher
                    .tasks()
                    .task(id)
                    .filter(task -> task.visibleTo(who))
                    .orElseThrow(() -> new RpcException(RpcError.invalidParams("Task not found")));
        } catch (StoreUnavailableException e) {
            throw new RpcException(RpcError.of(RpcError.INTERNAL_ERROR, "tasks cannot be read now"));
        }
    }
}
