package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a tool answered, as the model is told it. */
record ToolAnswer(String text, boolean isError) {
    /** Where a JSON object may begin: at the start of a line, because a marker line may stand before the result (E2.15). */
    private static final Pattern OBJECT_START = Pattern.compile("(?m)^\\s*\\{");

    /** A result can hold many lines that begin with a brace; only the first few can be the result itself. */
    private static final int MAX_STARTS = 4;

    /** The {@code error.reason} of a refusal or failure (D6.2), if the text holds one. */
    Optional<String> reason() {
        var starts = OBJECT_START.matcher(text);
        for (var tries = 0; tries < MAX_STARTS && starts.find(); tries++) {
            var reason = read(text.substring(starts.start()))
                    .flatMap(result -> result.path("error").path("reason").stringValueOpt());
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }

    private static Optional<JsonNode> read(String text) {
        try {
            return Optional.of(Json.read(text));
        } catch (MalformedJsonException notJson) {
            return Optional.empty();
        }
    }
}
