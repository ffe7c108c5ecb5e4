package dev.gatehouse.web;

import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import io.helidon.http.HeaderNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads a JSON body within its bounds: its type first, then its announced length, then its bytes, then its syntax. */
final class BodyReader {
    static final int MAX_BYTES = 65_536;

    private static final Duration MAX_TIME = Duration.ofSeconds(10);

    private final Ticker ticker;

    BodyReader(Ticker ticker) {
        this.ticker = ticker;
    }

    void read(Exchange exchange, Route.Body kind) throws RefusedException {
        if (kind != Route.Body.JSON) {
            return;
        }
        if (!isJson(exchange)) {
            throw new RefusedException(Refusal.Code.UNSUPPORTED_MEDIA_TYPE, "use application/json");
        }
        var announced = exchange.header(HeaderNames.CONTENT_LENGTH);
        if (announced.isPresent() && Long.parseLong(announced.get()) > MAX_BYTES) {
            throw tooLarge();
        }
        exchange.body(parse(bytes(exchange)));
    }

    private static boolean isJson(Exchange exchange) {
        var type = exchange.header(HeaderNames.CONTENT_TYPE).orElse("");
        var semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().equalsIgnoreCase("application/json");
    }

    private byte[] bytes(Exchange exchange) throws RefusedException {
        var deadline = Deadline.in(MAX_TIME, ticker);
        var out = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        try (var in = exchange.request().content().inputStream()) {
            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                if (out.size() > MAX_BYTES) {
                    throw tooLarge();
                }
                if (deadline.passed()) {
                    throw tooSlow();
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw tooSlow();
        }
        return out.toByteArray();
    }

    private static JsonNode parse(byte[] bytes) throws RefusedException {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return Json.read(text.toString());
        } catch (CharacterCodingException e) {
            throw malformed("the body is not UTF-8");
        } catch (MalformedJsonException e) {
            throw malformed("the body is not acceptable JSON: " + e.getMessage());
        }
    }

    private static RefusedException malformed(String detail) {
        return new RefusedException(Refusal.fields(
                Refusal.Code.INVALID_REQUEST, detail, List.of(new Refusal.FieldError("", detail, "json"))));
    }

    private static RefusedException tooLarge() {
        return new RefusedException(Refusal.Code.TOO_LARGE, "the body is over " + MAX_BYTES + " bytes");
    }

    private static RefusedException tooSlow() {
        return new RefusedException(Refusal.Code.REQUEST_TIMEOUT, "the body did not arrive in 10 s");
    }
}
