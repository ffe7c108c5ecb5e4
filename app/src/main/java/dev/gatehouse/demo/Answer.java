package dev.gatehouse.demo;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * What the server answered.
 *
 * @param took from the first byte of the request to the last byte of the answer
 */
record Answer(int status, JsonNode body, Duration took) {
    /** The stable code of a refusal, or nothing. */
    String code() {
        return text("code");
    }

    String text(String member) {
        return body.path(member).asString("");
    }
}
