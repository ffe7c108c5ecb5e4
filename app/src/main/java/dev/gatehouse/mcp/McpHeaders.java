package dev.gatehouse.mcp;

import dev.gatehouse.mcp.model.RequestMeta;
import dev.gatehouse.mcp.wire.Frame;
import dev.gatehouse.mcp.wire.RpcError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What the headers of a request say about its body, for those on the way who read only headers.
 *
 * @param version of {@code MCP-Protocol-Version}
 * @param method of {@code Mcp-Method}
 * @param name of {@code Mcp-Name}
 */
public record McpHeaders(Optional<String> version, Optional<String> method, Optional<String> name) {
    private static final String VERSION = "MCP-Protocol-Version";
    private static final String ENCODED = "=?base64?";
    private static final String ENCODED_END = "?=";

    /** Where headers and body differ; somebody on the way would then decide about another call than the one that is made. */
    Optional<RpcError> mismatch(Frame.Request request) {
        return differs(VERSION, version, RequestMeta.version(request.params()).orElse(""))
                .or(() -> differs("Mcp-Method", method, request.method()))
                .or(() -> named(request));
    }

    /** Where a header names another revision than the body, which matters even if neither is known here. */
    Optional<RpcError> otherVersion(Frame.Request request) {
        return version.isEmpty()
                ? Optional.empty()
                : RequestMeta.version(request.params()).flatMap(body -> differs(VERSION, version, body));
    }

    private Optional<RpcError> named(Frame.Request request) {
        var member = switch (request.method()) {
            case "tools/call", "prompts/get" -> "name";
            case "resources/read" -> "uri";
            case "tasks/get", "tasks/update", "tasks/cancel" -> "taskId";
            default -> "";
        };
        var value = request.params().path(member);
        return member.isEmpty() || !value.isString()
                ? Optional.empty()
                : differs("Mcp-Name", name.flatMap(McpHeaders::decoded), value.asString());
    }

    private static Optional<RpcError> differs(String header, Optional<String> value, String body) {
        return value.equals(Optional.of(body))
                ? Optional.empty()
                : Optional.of(RpcError.of(
                        RpcError.HEADER_MISMATCH, "Header mismatch: " + header + " does not say what the body says"));
    }

    /** A value that may not stand in a header as it is, is carried in Base64; empty if it is not. */
    private static Optional<String> decoded(String value) {
        if (!value.startsWith(ENCODED) || !value.endsWith(ENCODED_END)) {
            return Optional.of(value);
        }
        try {
            var bytes = Base64.getDecoder()
                    .decode(value.substring(ENCODED.length(), value.length() - ENCODED_END.length()));
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
