package dev.gatehouse.agent.embedded;

import dev.gatehouse.agent.CacheWrite;
import dev.gatehouse.agent.OfferedTool;
import dev.gatehouse.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The prompt of one run as it grows: system text, tools and messages, in wire form and with an upper bound of its tokens. */
final class Transcript {
    /** What the provider may write: the system block asks for an ephemeral cache entry of the default five minutes (E2.3). */
    static final CacheWrite CACHE = CacheWrite.FIVE_MINUTES;

    /** Images that stay in the history; older ones become a line of text (E2.13). */
    private static final int KEPT_IMAGES = 2;

    private final ObjectNode system;
    private final Optional<ArrayNode> tools;
    private final long fixedBound;
    private final List<Message> messages = new ArrayList<>();

    /** One message of the history. */
    private sealed interface Message {
        record User(String text) implements Message {}

        record Assistant(List<Block> blocks) implements Message {}

        record Results(List<ToolResult> results, Optional<String> note) implements Message {}
    }

    Transcript(String systemText, List<OfferedTool> offered, String goal) {
        system = text(systemText);
        system.putObject("cache_control").put("type", "ephemeral");
        var list = Json.array();
        var bound = TokenBound.of(systemText);
        for (var tool : offered) {
            list.addObject()
                    .put("name", tool.name())
                    .put("description", tool.description())
                    .set("input_schema", tool.inputSchema());
            bound += TokenBound.of(tool.name())
                    + TokenBound.utf8(tool.description())
                    + TokenBound.utf8(Json.line(tool.inputSchema()));
        }
        tools = offered.isEmpty() ? Optional.empty() : Optional.of(list);
        fixedBound = bound + TokenBound.PREAMBLE;
        messages.add(new Message.User(goal));
    }

    /** Adds a response. Blocks that the API would refuse to read back are left out. */
    void assistant(List<Block> blocks) {
        var kept = blocks.stream()
                .filter(b -> !(b instanceof Block.Text t && t.text().isBlank()))
                .toList();
        if (!kept.isEmpty()) {
            messages.add(new Message.Assistant(kept));
        }
    }

    void user(String text) {
        messages.add(new Message.User(text));
    }

    /**
     * Adds the results of one response, in its order.
     *
     * @param note text from us that follows them
     */
    void results(List<ToolResult> results, Optional<String> note) {
        messages.add(new Message.Results(List.copyOf(results), note));
    }

    /** The prompt as it goes on the wire. */
    ModelRequest.Wire wire() {
        return new ModelRequest.Wire(
                SdkJson.value(Json.array().add(system)), tools.map(SdkJson::value), SdkJson.value(messagesNode()));
    }

    boolean hasImages() {
        return messages.stream()
                .anyMatch(m -> m instanceof Message.Results r
                        && r.results().stream().anyMatch(t -> !t.pictures().isEmpty()));
    }

    /** Upper bound of the prompt's tokens from its bytes (E4.2). */
    long bound() {
        var bound = fixedBound;
        var images = new NewestImages(KEPT_IMAGES, imageCount());
        for (var message : messages) {
            bound += TokenBound.PART
                    + switch (message) {
                        case Message.User user -> TokenBound.of(user.text());
                        case Message.Assistant assistant ->
                            assistant.blocks().stream()
                                    .mapToLong(TokenBound::of)
                                    .sum();
                        case Message.Results results -> bound(results, images);
                    };
        }
        return bound;
    }

    private static long bound(Message.Results results, NewestImages images) {
        var bound = results.note().map(TokenBound::of).orElse(0L);
        for (var result : results.results()) {
            bound += TokenBound.of(result.callId()) + TokenBound.of(result.text());
            for (var picture : result.pictures()) {
                bound += images.next() ? TokenBound.of(picture) : TokenBound.of(picture.digest());
            }
        }
        return bound;
    }

    private ArrayNode messagesNode() {
        var list = Json.array();
        var images = new NewestImages(KEPT_IMAGES, imageCount());
        for (var message : messages) {
            var node = list.addObject();
            switch (message) {
                case Message.User user ->
                    node.put("role", "user").putArray("content").add(text(user.text()));
                case Message.Assistant assistant -> {
                    var content = node.put("role", "assistant").putArray("content");
                    assistant.blocks().forEach(b -> content.add(block(b)));
                }
                case Message.Results results -> {
                    var content = node.put("role", "user").putArray("content");
                    results.results().forEach(r -> content.add(result(r, images)));
                    results.note().ifPresent(n -> content.add(text(n)));
                }
            }
        }
        return list;
    }

    private static ObjectNode block(Block block) {
        return switch (block) {
            case Block.Text text -> text(text.text());
            case Block.Thinking thinking ->
                Json.object()
                        .put("type", "thinking")
                        .put("thinking", thinking.thinking())
                        .put("signature", thinking.signature());
            case Block.RedactedThinking redacted ->
                Json.object().put("type", "redacted_thinking").put("data", redacted.data());
            case Block.ToolUse use ->
                Json.object()
                        .put("type", "tool_use")
                        .put("id", use.id())
                        .put("name", use.name())
                        .set("input", use.arguments().orElseGet(Json::object));
        };
    }

    private static ObjectNode result(ToolResult result, NewestImages images) {
        var node = Json.object().put("type", "tool_result").put("tool_use_id", result.callId());
        if (result.isError()) {
            node.put("is_error", true);
        }
        var content = node.putArray("content").add(text(result.text()));
        for (var picture : result.pictures()) {
            if (images.next()) {
                content.addObject()
                        .put("type", "image")
                        .putObject("source")
                        .put("type", "base64")
                        .put("media_type", picture.mimeType())
                        .put("data", picture.base64());
            } else {
                content.add(text(picture.digest()));
            }
        }
        return node;
    }

    private static ObjectNode text(String text) {
        return Json.object().put("type", "text").put("text", text);
    }

    private int imageCount() {
        return messages.stream()
                .mapToInt(m -> m instanceof Message.Results r
                        ? r.results().stream()
                                .mapToInt(t -> t.pictures().size())
                                .sum()
                        : 0)
                .sum();
    }

    /** Tells, image by image from the oldest on, which ones are new enough to be shown. */
    private static final class NewestImages {
        private int tooOld;

        NewestImages(int kept, int all) {
            tooOld = Math.max(0, all - kept);
        }

        boolean next() {
            return tooOld-- <= 0;
        }
    }
}
