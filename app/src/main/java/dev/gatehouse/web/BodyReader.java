package dev.gatehouse.web;

import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.http.BoundedBody;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.mcp.wire.Lines;
import io.helidon.http.HeaderNames;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads a JSON body within its bounds: its type first, then its announced length, then its bytes, then its syntax. */
final class BodyReader {
    static final int MAX_BYTES = 65_536;

    private BodyReader() {}

    static void read(Exchange exchange, Route.Body kind)
            throws RefusedException, ClientGoneException, InterruptedException {
        switch (kind) {
            case JSON -> exchange.body(parse(bounded(exchange, MAX_BYTES)));
            case BYTES -> exchange.bytes(ByteBuffer.wrap(bounded(exchange, Lines.MAX_BYTES)));
            case NONE, BEST_EFFORT -> {}
        }
    }

    private static byte[] bounded(Exchange exchange, int limit)
            throws RefusedException, ClientGoneException, InterruptedException {
        if (!isJson(exchange)) {
            throw new RefusedException(Refusal.Code.UNSUPPORTED_MEDIA_TYPE, "use application/json");
        }
        return switch (BoundedBody.read(exchange.request(), limit)) {
            case BoundedBody.Whole(var bytes) -> bytes;
            case BoundedBody.TooLarge() ->
                throw new RefusedException(Refusal.Code.TOO_LARGE, "the body is over " + limit + " bytes");
            case BoundedBody.TooSlow() ->
                throw new RefusedException(Refusal.Code.REQUEST_TIMEOUT, "the body did not arrive in 10 s");
            case BoundedBody.Misframed() ->
                throw new RefusedException(Refusal.Code.BAD_REQUEST, "the body is not framed as its headers say");
            case BoundedBody.Gone() -> throw new ClientGoneException();
        };
    }

    private static boolean isJson(Exchange exchange) {
        var type = exchange.header(HeaderNames.CONTENT_TYPE).orElse("");
        var semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().equalsIgnoreCase("application/json");
    }

    private static JsonNode parse(byte[] bytes) throws RefusedException {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            var json = Json.read(text.toString());
            if (!wellFormed(json)) {
                throw malformed("the body holds half of a surrogate pair");
            }
            return json;
        } catch (CharacterCodingException e) {
            throw malformed("the body is not UTF-8");
        } catch (MalformedJsonException e) {
            throw malformed("the body is not acceptable JSON: " + e.getMessage());
        }
    }

    /** Whether every text in it has an encoding; an escape can spell half a character that has none (D3.5). */
    private static boolean wellFormed(JsonNode node) {
        if (node.isString()) {
            return wellFormed(node.stringValue());
        }
        return node.propertyNames().stream().allMatch(BodyReader::wellFormed)
                && node.valueStream().allMatch(BodyReader::wellFormed);
    }

    private static boolean wellFormed(String text) {
        return Json.wellFormed(text).equals(text);
    }

    private static RefusedException malformed(String detail) {
        return new RefusedException(Refusal.fields(
                Refusal.Code.INVALID_REQUEST, detail, List.of(new Refusal.FieldError("", detail, "json"))));
    }
}
