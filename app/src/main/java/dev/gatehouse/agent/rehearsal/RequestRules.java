package dev.gatehouse.agent.rehearsal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a body must have to be answered. The first problem found is the answer's message, worded as the real API words it.
 *
 * <p>Unknown members are ignored (E6.3). The pairing of tool calls and results is checked because a client that breaks it works
 * against a lenient endpoint and fails against the real one.
 */
final class RequestRules {
    private static final Set<String> ROLES = Set.of("user", "assistant", "system");

    private RequestRules() {}

    /** The problem of a body of {@code /v1/messages}. */
    static Optional<ApiError> ofMessage(JsonNode body) {
        return ofCount(body).or(() -> maxTokens(body));
    }

    /** The problem of a body of {@code /v1/messages/count_tokens}. */
    static Optional<ApiError> ofCount(JsonNode body) {
        if (!body.isObject()) {
            return invalid("The request body must be a JSON object");
        }
        return string(body, "model", "model")
                .or(() -> messages(body))
                .or(() -> tools(body))
                .or(() -> pairing(body));
    }

    private static Optional<ApiError> maxTokens(JsonNode body) {
        var maxTokens = body.path("max_tokens");
        if (maxTokens.isMissingNode()) {
            return required("max_tokens");
        }
        if (!maxTokens.canConvertToInt() || !maxTokens.isIntegralNumber()) {
            return invalid("max_tokens: Input should be a valid integer");
        }
        return maxTokens.intValue() < 1
                ? invalid("max_tokens: Input should be greater than or equal to 1")
                : Optional.empty();
    }

    private static Optional<ApiError> messages(JsonNode body) {
        var messages = body.path("messages");
        if (messages.isMissingNode()) {
            return required("messages");
        }
        if (!messages.isArray()) {
            return invalid("messages: Input should be a valid list");
        }
        if (messages.isEmpty()) {
            return invalid("messages: at least one message is required");
        }
        for (var i = 0; i < messages.size(); i++) {
            var problem = message(messages.get(i), "messages." + i);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return messages.get(0).path("role").stringValue("").equals("assistant")
                ? invalid("messages: first message must use the \"user\" role")
                : Optional.empty();
    }

    private static Optional<ApiError> message(JsonNode message, String place) {
        var role = message.path("role");
        if (role.isMissingNode()) {
            return required(place + ".role");
        }
        if (!ROLES.contains(role.stringValue(""))) {
            return invalid(place + ".role: Input should be 'user' or 'assistant'");
        }
        var content = message.path("content");
        if (content.isMissingNode()) {
            return required(place + ".content");
        }
        return content.isString() || content.isArray()
                ? Optional.empty()
                : invalid(place + ".content: Input should be a valid string or list");
    }

    private static Optional<ApiError> tools(JsonNode body) {
        var tools = body.path("tools");
        if (!tools.isMissingNode() && !tools.isArray()) {
            return invalid("tools: Input should be a valid list");
        }
        for (var i = 0; i < tools.size(); i++) {
            // The provider's own tools have a type, and some of them have no name.
            var problem = tools.get(i).path("type").stringValue("custom").equals("custom")
                    ? string(tools.get(i), "name", "tools." + i + ".name")
                    : Optional.<ApiError>empty();
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<ApiError> pairing(JsonNode body) {
        var messages = List.copyOf(body.path("messages").values());
        for (var i = 0; i <= messages.size(); i++) {
            var called = i == 0 ? Set.<String>of() : ids(messages.get(i - 1), "tool_use", "id");
            var answered = i == messages.size() ? Set.<String>of() : ids(messages.get(i), "tool_result", "tool_use_id");
            var unasked = answered.stream().filter(id -> !called.contains(id)).collect(Collectors.joining(", "));
            if (!unasked.isEmpty()) {
                return invalid(
                        "messages." + i + ": unexpected `tool_use_id` found in `tool_result` blocks: " + unasked
                                + ". Each `tool_result` block must have a corresponding `tool_use` block in the previous message.");
            }
            var unanswered =
                    called.stream().filter(id -> !answered.contains(id)).collect(Collectors.joining(", "));
            if (!unanswered.isEmpty()) {
                return invalid("messages." + (i - 1)
                        + ": `tool_use` ids were found without `tool_result` blocks immediately after: " + unanswered
                        + ". Each `tool_use` block must have a corresponding `tool_result` block in the next message.");
            }
        }
        return Optional.empty();
    }

    private static Set<String> ids(JsonNode message, String type, String member) {
        return message.path("content")
                .valueStream()
                .filter(block -> block.path("type").stringValue("").equals(type))
                .map(block -> block.path(member).stringValue(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<ApiError> string(JsonNode owner, String member, String place) {
        var value = owner.path(member);
        if (value.isMissingNode()) {
            return required(place);
        }
        return value.isString() ? Optional.empty() : invalid(place + ": Input should be a valid string");
    }

    private static Optional<ApiError> required(String place) {
        return invalid(place + ": Field required");
    }

    private static Optional<ApiError> invalid(String message) {
        return Optional.of(ApiError.invalid(message));
    }
}
