package dev.gatehouse.mcp;

import dev.gatehouse.gate.Door;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.id.Ids;
import dev.gatehouse.mcp.model.CallToolRequest;
import dev.gatehouse.mcp.model.CallToolResult;
import dev.gatehouse.mcp.model.GetPromptRequest;
import dev.gatehouse.mcp.model.GetPromptResult;
import dev.gatehouse.mcp.model.ListPromptsResult;
import dev.gatehouse.mcp.model.ListResourcesResult;
import dev.gatehouse.mcp.model.ListToolsResult;
import dev.gatehouse.mcp.model.ReadResourceResult;
import dev.gatehouse.mcp.model.Result;
import dev.gatehouse.mcp.model.ServerInfo;
import dev.gatehouse.mcp.wire.Frame;
import dev.gatehouse.mcp.wire.RpcError;
import dev.gatehouse.mcp.wire.RpcException;
import dev.gatehouse.robot.Progress;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Offer;
import dev.gatehouse.tool.Prompt;
import dev.gatehouse.tool.Resource;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolCall;
import java.util.Optional;

/** What is served over MCP, and what its methods come to in every era. */
public final class McpService {
    private final ServerInfo info;
    private final Door door;
    private final Offer offer;
    private final Optional<McpTasks> tasks;
    private final Ids ids;
    private final FaultLog faults;

    /**
     * What one server serves.
     *
     * @param tasks where calls can become tasks; empty without a dispatcher
     */
    public McpService(ServerInfo info, Door door, Offer offer, Optional<McpTasks> tasks, Ids ids, FaultLog faults) {
        this.info = info;
        this.door = door;
        this.offer = offer;
        this.tasks = tasks;
        this.ids = ids;
        this.faults = faults;
    }

    Optional<McpTasks> tasks() {
        return tasks;
    }

    ServerInfo info() {
        return info;
    }

    String instructions() {
        return offer.instructions();
    }

    /** Whether a request is taken in however many others there are: a stop, or the question whether anybody is there. */
    boolean urgent(Frame.Request request) {
        return switch (request.method()) {
            case "ping" -> true;
            case "tools/call" ->
                tool(request).map(tool -> tool.least() == Effect.STOP).orElse(false);
            default -> false;
        };
    }

    /** Whether a request may take longer than a client likes to wait in silence: a motion, a subscription. */
    boolean takesTime(Frame.Request request) {
        return switch (request.method()) {
            case "subscriptions/listen" -> true;
            case "tools/call" ->
                tool(request)
                        .map(tool -> switch (tool.worst()) {
                            case OBSERVE -> request.params().path("_meta").has("progressToken");
                            case ACTUATE, ADMIN -> true;
                            case STOP -> false;
                        })
                        .orElse(false);
            default -> false;
        };
    }

    private Optional<Tool> tool(Frame.Request call) {
        return door.toolbox().find(call.params().path("name").asString(""));
    }

    ListToolsResult tools(Principal who) {
        return new ListToolsResult(
                door.toolbox().tools().stream().filter(who::sees).toList());
    }

    /** A call that may move something becomes a task for clients that know tasks, unless it carries what is good only here and now. */
    Optional<Result> asTask(Principal who, CallToolRequest request) {
        var moves = door.toolbox()
                .find(request.name())
                .map(tool -> tool.worst() == Effect.ACTUATE && !tool.composed())
                .orElse(false);
        return moves
                        && !request.arguments().has(ToolCall.CONFIRM_TOKEN)
                        && !request.arguments().has(ToolCall.STEP_TOKENS)
                ? tasks.map(all -> all.create(who, call(request)))
                : Optional.empty();
    }

    private ToolCall call(CallToolRequest request) {
        return new ToolCall(ids.mint(Ids.Kind.CALL), request.name(), request.arguments());
    }

    /** Calls a tool through the door; a tool that does not exist is refused there as well, for the model to read (8.8). */
    CallToolResult call(Principal who, CallToolRequest request, Progress progress) throws InterruptedException {
        return new CallToolResult(door.call(who, call(request), progress));
    }

    ListResourcesResult resources() {
        return new ListResourcesResult(offer.resources());
    }

    ReadResourceResult read(String uri) throws RpcException {
        var resource = resource(uri);
        return switch (resource.content().get()) {
            case Resource.Content.Text(var text) -> new ReadResourceResult(resource, text);
            case Resource.Content.Unreadable(var message) ->
                throw new RpcException(RpcError.of(RpcError.INTERNAL_ERROR, message));
        };
    }

    Resource resource(String uri) throws RpcException {
        return offer.resource(uri).orElseThrow(() -> new RpcException(RpcError.resourceNotFound(uri)));
    }

    /** Whether there is such a resource. */
    boolean knows(String uri) {
        return offer.resource(uri).isPresent();
    }

    ListPromptsResult prompts() {
        return new ListPromptsResult(offer.prompts());
    }

    GetPromptResult prompt(GetPromptRequest request) throws RpcException {
        for (var prompt : offer.prompts()) {
            if (prompt.name().equals(request.name())) {
                return filledIn(prompt, request);
            }
        }
        throw new RpcException(RpcError.invalidParams("Prompt " + request.name() + " not found"));
    }

    private static GetPromptResult filledIn(Prompt prompt, GetPromptRequest request) throws RpcException {
        for (var argument : prompt.arguments()) {
            if (argument.required() && !request.arguments().containsKey(argument.name())) {
                throw new RpcException(
                        RpcError.invalidParams("prompt " + prompt.name() + " needs the argument " + argument.name()));
            }
        }
        return new GetPromptResult(prompt.description(), prompt.text().apply(request.arguments()));
    }

    /** Something broke inside: the client gets an id to ask about, the log gets the rest (8.8). */
    RpcError failed(Throwable cause) {
        var id = ids.mint(Ids.Kind.REQUEST);
        faults.failed(id, cause);
        return RpcError.of(RpcError.INTERNAL_ERROR, "internal error " + id);
    }
}
