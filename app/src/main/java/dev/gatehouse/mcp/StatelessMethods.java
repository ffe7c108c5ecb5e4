package dev.gatehouse.mcp;

import dev.gatehouse.gate.Principal;
import dev.gatehouse.json.Json;
import dev.gatehouse.mcp.model.CallToolRequest;
import dev.gatehouse.mcp.model.DiscoverResult;
import dev.gatehouse.mcp.model.GetPromptRequest;
import dev.gatehouse.mcp.model.ListResourceTemplatesResult;
import dev.gatehouse.mcp.model.ListenRequest;
import dev.gatehouse.mcp.model.ListenResult;
import dev.gatehouse.mcp.model.Notifications;
import dev.gatehouse.mcp.model.RequestMeta;
import dev.gatehouse.mcp.model.ResourceRequest;
import dev.gatehouse.mcp.model.Result;
import dev.gatehouse.mcp.model.Revision;
import dev.gatehouse.mcp.model.ServerCapabilities;
import dev.gatehouse.mcp.model.TaskRequest;
import dev.gatehouse.mcp.wire.Frame;
import dev.gatehouse.mcp.wire.RpcError;
import dev.gatehouse.mcp.wire.RpcException;
import dev.gatehouse.time.Ticker;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The methods of revision 2026-07-28: every request stands for itself, on whatever connection it comes. */
public final class StatelessMethods {
    private static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";
    private static final Revision REVISION = Revision.V2026_07_28;

    private final McpService service;
    private final Ticker ticker;

    public StatelessMethods(McpService service, Ticker ticker) {
        this.service = service;
        this.ticker = ticker;
    }

    /**
     * Works on a request until there is an answer.
     *
     * @throws RpcException if there is an error instead
     * @throws InterruptedException if the client gave it up
     */
    public ObjectNode answer(Principal who, Pending pending, Frame.Request request)
            throws RpcException, InterruptedException {
        var version = RequestMeta.requiredVersion(request.params());
        if (!version.equals(REVISION.wire())) {
            throw new RpcException(RpcError.unsupportedVersion(version, Revision.allNewestFirst()));
        }
        var meta = RequestMeta.stateless(request.params());
        return complete(result(who, pending, request, meta).json(REVISION));
    }

    private Result result(Principal who, Pending pending, Frame.Request request, RequestMeta meta)
            throws RpcException, InterruptedException {
        var params = request.params();
        return switch (request.method()) {
            case "server/discover" ->
                new DiscoverResult(new ServerCapabilities(true, service.tasks().isPresent()), service.instructions());
            case "tools/list" -> service.tools(who);
            case "tools/call" -> call(who, pending, CallToolRequest.of(params), meta);
            case "resources/list" -> service.resources();
            case "resources/templates/list" -> new ListResourceTemplatesResult();
            case "resources/read" -> service.read(ResourceRequest.of(params).uri());
            case "prompts/list" -> service.prompts();
            case "prompts/get" -> service.prompt(GetPromptRequest.of(params));
            case "subscriptions/listen" -> listen(pending, ListenRequest.of(params));
            case "tasks/get" ->
                tasks(request, meta).get(who, TaskRequest.of(params).taskId());
            case "tasks/cancel" ->
                tasks(request, meta).cancel(who, TaskRequest.of(params).taskId());
            case "tasks/update" ->
                tasks(request, meta).update(who, TaskRequest.of(params).taskId());
            default -> throw new RpcException(RpcError.methodNotFound(request.method()));
        };
    }

    private Result call(Principal who, Pending pending, CallToolRequest request, RequestMeta meta)
            throws InterruptedException {
        var task = meta.tasks() ? service.asTask(who, request) : Optional.<Result>empty();
        return task.isPresent() ? task.get() : service.call(who, request, pending.progress(meta.progressToken()));
    }

    private McpTasks tasks(Frame.Request request, RequestMeta meta) throws RpcException {
        var tasks = service.tasks().orElseThrow(() -> new RpcException(RpcError.methodNotFound(request.method())));
        if (!meta.tasks()) {
            var required = Json.object();
            required.putObject("extensions").putObject(RequestMeta.TASKS);
            throw new RpcException(RpcError.missingCapability(required));
        }
        return tasks;
    }

    /** Tells of changes until the client or the server has had enough; only the server's end is an answer. */
    private Result listen(Pending pending, ListenRequest request) throws RpcException, InterruptedException {
        var watch = new ResourceWatch();
        var heard = new LinkedHashSet<String>();
        for (var uri : request.uris()) {
            if (service.knows(uri) && heard.add(uri)) {
                watch.add(uri, service.resource(uri));
            }
        }
        pending.tell(Notifications.acknowledged(pending.id(), List.copyOf(heard)));
        try {
            while (true) {
                ticker.sleep(ResourceWatch.PERIOD);
                watch.changed().forEach(uri -> pending.tell(Notifications.updated(uri, Optional.of(pending.id()))));
            }
        } catch (InterruptedException e) {
            if (pending.closing()) {
                return new ListenResult(pending.id());
            }
            throw e;
        }
    }

    private ObjectNode complete(ObjectNode result) {
        var out = Json.object().put("resultType", "complete");
        out.setAll(result);
        var meta = out.get("_meta") instanceof ObjectNode given ? given : out.putObject("_meta");
        meta.set(SERVER_INFO, service.info().json(REVISION));
        return out;
    }
}
