package dev.gatehouse.client;

import dev.gatehouse.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One request, but for the credential. */
public record Call(String method, String path, Map<String, String> headers, Optional<String> body) {
    public Call {
        headers = Map.copyOf(headers);
    }

    public static Call get(String path) {
        return new Call("GET", path, Map.of(), Optional.empty());
    }

    /** Nothing but the request itself: what a stop needs. */
    public static Call post(String path) {
        return new Call("POST", path, Map.of(), Optional.empty());
    }

    public static Call post(String path, JsonNode body) {
        return new Call("POST", path, Map.of("Content-Type", "application/json"), Optional.of(Json.line(body)));
    }

    /** The same with one more header. */
    public Call with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Call(method, path, more, body);
    }
}
