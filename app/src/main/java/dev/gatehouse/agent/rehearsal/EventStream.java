package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Spells an answer as the events of a stream, in the order of engines.md section 3. */
final class EventStream {
    private static final String DELTA = "content_block_delta";

    private final List<SseEvent> events = new ArrayList<>();
    private final int chunkChars;

    private EventStream(int chunkChars) {
        this.chunkChars = chunkChars;
    }

    /**
     * The events of an answer.
     *
     * @param chunkChars characters of text, thinking or arguments in one delta
     * @param cutLastArguments whether the last tool call's arguments lose their closing brace
     */
    static List<SseEvent> of(Answer answer, int chunkChars, boolean cutLastArguments) {
        var stream = new EventStream(chunkChars);
        stream.message(answer, cutLastArguments);
        return List.copyOf(stream.events);
    }

    static boolean isDelta(SseEvent event) {
        return event.name().equals(DELTA);
    }

    private void message(Answer answer, boolean cutLastArguments) {
        events.add(SseEvent.of("message_start").with("message", answer.begun()));
        var content = answer.content();
        for (var index = 0; index < content.size(); index++) {
            var block = content.get(index);
            events.add(SseEvent.of("content_block_start").at(index).with("content_block", block.empty()));
            if (index == 0) {
                events.add(SseEvent.of("ping"));
            }
            deltas(index, block, cutLastArguments && index == content.size() - 1);
            events.add(SseEvent.of("content_block_stop").at(index));
        }
        events.add(SseEvent.of("message_delta")
                .with("delta", answer.stop())
                .with("usage", answer.usage().cumulative()));
        events.add(SseEvent.of("message_stop"));
    }

    private void deltas(int index, Block block, boolean cut) {
        switch (block) {
            case Block.Thinking thinking -> {
                chunks(index, "thinking_delta", "thinking", thinking.thinking());
                delta(index, "signature_delta", "signature", Block.Thinking.SIGNATURE);
            }
            case Block.Text text -> chunks(index, "text_delta", "text", text.text());
            case Block.ToolUse use -> {
                var json = use.payload();
                delta(index, "input_json_delta", "partial_json", "");
                chunks(index, "input_json_delta", "partial_json", cut ? json.substring(0, json.length() - 1) : json);
            }
        }
    }

    private void chunks(int index, String type, String member, String text) {
        for (var from = 0; from < text.length(); ) {
            var left = text.codePointCount(from, text.length());
            var to = text.offsetByCodePoints(from, Math.min(left, chunkChars));
            delta(index, type, member, text.substring(from, to));
            from = to;
        }
    }

    private void delta(int index, String type, String member, String piece) {
        ObjectNode delta = Json.object().put("type", type).put(member, piece);
        events.add(SseEvent.of(DELTA).at(index).with("delta", delta));
    }
}
