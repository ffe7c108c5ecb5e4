package dev.gatehouse.agent.rehearsal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What a request tells about the conversation so far: its messages and the names of the tools it offers.
 *
 * <p>Each assistant message is one response. Text blocks that start with {@code <system-reminder>} are other people's additions
 * and count as absent everywhere.
 */
record Conversation(List<JsonNode> messages, List<String> tools) {
    private static final String REMINDER = "<system-reminder>";

    Conversation {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /** The first user text: the last text block of the first user message; empty when there is none. */
    String goal() {
        return messages.stream()
                .filter(message -> isFrom(message, "user"))
                .findFirst()
                .map(message -> texts(message.path("content")))
                .filter(texts -> !texts.isEmpty())
                .map(List::getLast)
                .orElse("");
    }

    /** How many responses the model has given. */
    int responses() {
        return (int) messages.stream()
                .filter(message -> isFrom(message, "assistant"))
                .count();
    }

    /** The conversation as it stood when the given response, counted from 1, was asked for. */
    Conversation before(int response) {
        var seen = 0;
        for (var i = 0; i < messages.size(); i++) {
            if (isFrom(messages.get(i), "assistant") && ++seen == response) {
                return new Conversation(messages.subList(0, i), tools);
            }
        }
        return this;
    }

    /** Whether any response held text. */
    boolean hasSpoken() {
        return messages.stream()
                .filter(message -> isFrom(message, "assistant"))
                .anyMatch(message -> !texts(message.path("content")).isEmpty());
    }

    /** The latest tool result. */
    Optional<ToolAnswer> last() {
        return messages.reversed().stream()
                .flatMap(message -> blocks(message.path("content"), "tool_result").reversed().stream())
                .findFirst()
                .map(result -> new ToolAnswer(
                        String.join("\n", texts(result.path("content"))),
                        result.path("is_error").booleanValue(false)));
    }

    /** The text of the latest tool result; empty when there is none. */
    String lastText() {
        return last().map(ToolAnswer::text).orElse("");
    }

    /** The full name under which a tool is offered: the name itself, or the first one that ends in two underscores and it. */
    Optional<String> offered(String tool) {
        return Stream.concat(
                        tools.stream().filter(name -> name.equals(tool)),
                        tools.stream().filter(name -> name.endsWith("__" + tool)))
                .findFirst();
    }

    private static boolean isFrom(JsonNode message, String role) {
        return message.path("role").stringValue("").equals(role);
    }

    private static List<String> texts(JsonNode content) {
        var texts = content.isString()
                ? Stream.of(content.stringValue())
                : blocks(content, "text").stream()
                        .map(block -> block.path("text").stringValue(""));
        return texts.filter(text -> !text.stripLeading().startsWith(REMINDER)).toList();
    }

    private static List<JsonNode> blocks(JsonNode content, String type) {
        return content.isArray()
                ? content.valueStream()
                        .filter(block -> block.path("type").stringValue("").equals(type))
                        .toList()
                : List.of();
    }
}
