package dev.gatehouse.server;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** One HTTP answer. */
record Answer(int status, Map<String, List<String>> headers, String text) {
    static Answer of(HttpResponse<byte[]> response) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(response.headers().map());
        return new Answer(response.statusCode(), headers, new String(response.body(), StandardCharsets.UTF_8));
    }

    JsonNode json() {
        try {
            return Json.read(text);
        } catch (MalformedJsonException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    /** The first value of a header, or the empty text. */
    String header(String name) {
        return headers.getOrDefault(name, List.of("")).getFirst();
    }

    boolean has(String name) {
        return headers.containsKey(name);
    }

    String code() {
        return json().path("code").asString("");
    }

    String detail() {
        return json().path("detail").asString("");
    }

    /** The body with the one member taken out that differs from request to request. */
    String textWithoutRequestId() {
        return text.replaceAll("req-[0-9a-z]+", "req-");
    }
}
