package dev.gatehouse.story;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import tools.jackson.databind.JsonNode;

/** What the result of a tool says, if it says it as an object. */
public final class ToolAnswers {
    private ToolAnswers() {}

    /** The result object in a {@code tool_result} event; a missing node if the text is none. */
    public static JsonNode object(JsonNode event) {
        try {
            var node = Json.read(event.path("content").path(0).path("text").asString(""));
            return node.isObject() ? node : Json.object().path("");
        } catch (MalformedJsonException e) {
            return Json.object().path("");
        }
    }

    /** A {@code tool_result} event in a few words. */
    static String gist(JsonNode event) {
        var answer = object(event);
        var error = answer.path("error");
        if (error.isObject()) {
            return error.path("reason").asString("") + ", "
                    + error.path("message").asString("");
        }
        if (answer.has("descriptor")) {
            return found(answer);
        }
        return answer.path("message")
                .asString(event.path("content").path(0).path("bytes").asString("0") + " bytes");
    }

    private static String found(JsonNode answer) {
        var name = answer.path("descriptor").asString("");
        if (!answer.path("status").asString("").equals("ok")) {
            return name + " " + answer.path("status").asString("");
        }
        var pixel = answer.path("pixel");
        return name + " found at pixel " + pixel.path(0).asString("") + ", "
                + pixel.path(1).asString("") + ", " + answer.path("depth_mm").asString("?") + " mm from the camera";
    }
}
