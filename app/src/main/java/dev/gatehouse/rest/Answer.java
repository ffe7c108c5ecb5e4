package dev.gatehouse.rest;

import dev.gatehouse.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * What is sent back.
 *
 * @param mediaType empty if there is no body
 */
record Answer(int status, String mediaType, String body) {
    static final String JSON = "application/json";
    static final String TEXT = "text/plain;charset=UTF-8";

    static Answer json(int status, JsonNode document) {
        return new Answer(status, JSON, Json.line(document));
    }

    static Answer text(String text) {
        return new Answer(200, TEXT, Json.wellFormed(text));
    }

    static Answer error(int status, String message) {
        return json(status, Json.object().put("error", message));
    }

    static Answer notFound() {
        return new Answer(404, TEXT, "404 Not Found");
    }
}
