package dev.gatehouse.mcp;

import dev.gatehouse.gate.Principal;
import dev.gatehouse.mcp.model.CallToolRequest;
import dev.gatehouse.mcp.model.EmptyResult;
import dev.gatehouse.mcp.model.GetPromptRequest;
import dev.gatehouse.mcp.model.InitializeResult;
import dev.gatehouse.mcp.model.ListResourceTemplatesResult;
import dev.gatehouse.mcp.model.RequestMeta;
import dev.gatehouse.mcp.model.ResourceRequest;
import dev.gatehouse.mcp.model.Result;
import dev.gatehouse.mcp.model.Revision;
import dev.gatehouse.mcp.model.ServerCapabilities;
import dev.gatehouse.mcp.wire.Frame;
import dev.gatehouse.mcp.wire.RpcError;
import dev.gatehouse.mcp.wire.RpcException;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The methods of the revisions with a handshake, 2024-11-05 to 2025-11-25. */
public final class HandshakeMethods {
    private final McpService service;

    public HandshakeMethods(McpService service) {
        this.service = service;
    }

    /**
     * The revision both sides will speak: the one the client asks for, else the newest that begins with a handshake.
     *
     * @throws RpcException if the client asks for none
     */
    public static Revision negotiate(ObjectNode params) throws RpcException {
        var asked = params.path("protocolVersion");
        if (!asked.isString()) {
            throw new RpcException(RpcError.invalidParams("protocolVersion must be a string"));
        }
        return Revision.named(asked.asString())
                .filter(revision -> !revision.stateless())
                .orElse(Revision.latestWithHandshake());
    }

    /** The answer to {@code initialize}. */
    public ObjectNode initialized(Revision revision, boolean subscribe) {
        return new InitializeResult(new ServerCapabilities(subscribe, false), service.info(), service.instructions())
                .json(revision);
    }

    /**
     * Works on a request after the handshake until there is an answer.
     *
     * @param subscriptions of this session; empty where changes cannot be told
     * @throws RpcException if there is an error instead
     * @throws InterruptedException if the client gave it up
     */
    public ObjectNode answer(
            Principal who,
            Revision revision,
            Optional<Subscriptions> subscriptions,
            Pending pending,
            Frame.Request request)
            throws RpcException, InterruptedException {
        return result(who, subscriptions, pending, request).json(revision);
    }

    private Result result(Principal who, Optional<Subscriptions> subscriptions, Pending pending, Frame.Request request)
            throws RpcException, InterruptedException {
        var params = request.params();
        return switch (request.method()) {
            case "ping" -> new EmptyResult();
            case "tools/list" -> service.tools(who);
            case "tools/call" ->
                service.call(
                        who,
                        CallToolRequest.of(params),
                        pending.progress(RequestMeta.afterHandshake(params).progressToken()));
            case "resources/list" -> service.resources();
            case "resources/templates/list" -> new ListResourceTemplatesResult();
            case "resources/read" -> service.read(ResourceRequest.of(params).uri());
            case "resources/subscribe" -> {
                var uri = ResourceRequest.of(params).uri();
                offered(subscriptions, request).add(uri, service.resource(uri));
                yield new EmptyResult();
            }
            case "resources/unsubscribe" -> {
                offered(subscriptions, request)
                        .remove(ResourceRequest.of(params).uri());
                yield new EmptyResult();
            }
            case "prompts/list" -> service.prompts();
            case "prompts/get" -> service.prompt(GetPromptRequest.of(params));
            default -> throw new RpcException(RpcError.methodNotFound(request.method()));
        };
    }

    private static Subscriptions offered(Optional<Subscriptions> subscriptions, Frame.Request request)
            throws RpcException {
        return subscriptions.orElseThrow(() -> new RpcException(RpcError.methodNotFound(request.method())));
    }
}
