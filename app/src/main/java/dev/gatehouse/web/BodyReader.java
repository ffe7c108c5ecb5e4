package dev.gatehouse.web;

import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.mcp.wire.Lines;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.ServerConnectionException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Reads a JSON body within its bounds: its type first, then its announced length, then its bytes, then its syntax. */
final class BodyReader {
    private static final Logger LOG = LoggerFactory.getLogger(BodyReader.class);

    static final int MAX_BYTES = 65_536;

    private static final Duration MAX_TIME = Duration.ofSeconds(10);

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
        var announced = exchange.header(HeaderNames.CONTENT_LENGTH);
        if (announced.isPresent() && Long.parseLong(announced.get()) > limit) {
            throw tooLarge(limit);
        }
        return bytes(exchange, limit);
    }

    private static boolean isJson(Exchange exchange) {
        var type = exchange.header(HeaderNames.CONTENT_TYPE).orElse("");
        var semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().equalsIgnoreCase("application/json");
    }

    private static byte[] bytes(Exchange exchange, int limit)
            throws RefusedException, ClientGoneException, InterruptedException {
        try {
            return WatchedConnection.current().read(() -> allOf(exchange, limit), MAX_TIME);
        } catch (TimeoutException e) {
            throw new RefusedException(Refusal.Code.REQUEST_TIMEOUT, "the body did not arrive in 10 s");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RefusedException refused -> throw refused;
                case InsufficientDataAvailableException _ -> throw new ClientGoneException();
                case ServerConnectionException _ -> throw new ClientGoneException();
                case null, default -> {
                    // The parser of chunks has no exception of its own.
                    LOG.debug("a body is not framed as it should be", e);
                    throw new RefusedException(Refusal.Code.BAD_REQUEST, "the body is not framed as its headers say");
                }
            }
        }
    }

    private static byte[] allOf(Exchange exchange, int limit) throws RefusedException, IOException {
        var out = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        try (var in = exchange.request().content().inputStream()) {
            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                if (out.size() > limit) {
                    throw tooLarge(limit);
                }
            }
        }
        return out.toByteArray();
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

    private static RefusedException tooLarge(int limit) {
        return new RefusedException(Refusal.Code.TOO_LARGE, "the body is over " + limit + " bytes");
    }
}
