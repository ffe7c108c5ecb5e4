package dev.gatehouse.agent.embedded;

import com.anthropic.models.messages.RawContentBlockDeltaEvent;
import com.anthropic.models.messages.RawContentBlockStartEvent;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds one response from its stream (engines.md section 3).
 *
 * <p>The SDK has an accumulator of its own; it turns tool arguments that were cut off into an empty object, and a call with arguments
 * that the model never wrote must not run (engines.md section 2.2, row {@code max_tokens}).
 */
final class MessageAssembler {
    private static final String MAX_TOKENS = "max_tokens";

    /** More text than any model writes in one response; an endpoint that sends more wants our memory. */
    private static final int MAX_CHARS = 8 * 1024 * 1024;

    private final List<Open> blocks = new ArrayList<>();
    private final UsageFold usage = new UsageFold();
    private @Nullable String stopReason;
    private boolean complete;
    private int chars;

    /** Whether {@code message_stop} arrived. */
    boolean complete() {
        return complete;
    }

    /**
     * Takes the next event.
     *
     * @return text to show while it streams, if the event holds any
     * @throws BrokenStreamException if the events do not form a response
     */
    Optional<String> add(RawMessageStreamEvent event) throws BrokenStreamException {
        if (event.isMessageStart()) {
            usage.start(event.asMessageStart().message().usage());
        } else if (event.isContentBlockStart()) {
            start(event.asContentBlockStart());
        } else if (event.isContentBlockDelta()) {
            return delta(event.asContentBlockDelta());
        } else if (event.isContentBlockStop()) {
            block(event.asContentBlockStop().index()).stopped = true;
        } else if (event.isMessageDelta()) {
            var delta = event.asMessageDelta();
            usage.delta(delta.usage());
            delta.delta().stopReason().ifPresent(reason -> stopReason = reason.asString());
        } else if (event.isMessageStop()) {
            complete = true;
        }
        return Optional.empty();
    }

    /** @throws BrokenStreamException if the response is not complete or contradicts itself */
    ModelMessage message() throws BrokenStreamException {
        if (!complete || stopReason == null) {
            throw new BrokenStreamException();
        }
        var truncated = MAX_TOKENS.equals(stopReason);
        var done = new ArrayList<Block>();
        for (var i = 0; i < blocks.size(); i++) {
            finished(blocks.get(i), truncated, i == blocks.size() - 1).ifPresent(done::add);
        }
        var ids = new HashSet<String>();
        for (var block : done) {
            if (block instanceof Block.ToolUse use && !ids.add(use.id())) {
                throw new BrokenStreamException();
            }
        }
        return new ModelMessage(List.copyOf(done), stopReason, usage.total());
    }

    private void start(RawContentBlockStartEvent event) throws BrokenStreamException {
        if (event.index() != blocks.size()) {
            throw new BrokenStreamException();
        }
        var content = event.contentBlock();
        var open = new Open();
        if (content.isText()) {
            open.kind = Kind.TEXT;
            open.text.append(content.asText().text());
        } else if (content.isThinking()) {
            open.kind = Kind.THINKING;
            open.text.append(content.asThinking().thinking());
            open.signature.append(content.asThinking().signature());
        } else if (content.isRedactedThinking()) {
            open.kind = Kind.REDACTED;
            open.text.append(content.asRedactedThinking().data());
        } else if (content.isToolUse()) {
            open.kind = Kind.TOOL;
            open.id = content.asToolUse().id();
            open.name = content.asToolUse().name();
        }
        blocks.add(open);
    }

    private Optional<String> delta(RawContentBlockDeltaEvent event) throws BrokenStreamException {
        var open = block(event.index());
        if (open.stopped) {
            throw new BrokenStreamException();
        }
        var delta = event.delta();
        if (delta.isText() && open.kind == Kind.TEXT) {
            append(open.text, delta.asText().text());
            return Optional.of(delta.asText().text());
        }
        if (delta.isInputJson() && open.kind == Kind.TOOL) {
            append(open.text, delta.asInputJson().partialJson());
        } else if (delta.isThinking() && open.kind == Kind.THINKING) {
            append(open.text, delta.asThinking().thinking());
        } else if (delta.isSignature() && open.kind == Kind.THINKING) {
            append(open.signature, delta.asSignature().signature());
        }
        return Optional.empty();
    }

    private void append(StringBuilder to, String text) throws BrokenStreamException {
        chars += text.length();
        if (chars > MAX_CHARS) {
            throw new BrokenStreamException();
        }
        to.append(text);
    }

    private Open block(long index) throws BrokenStreamException {
        if (index < 0 || index >= blocks.size()) {
            throw new BrokenStreamException();
        }
        return blocks.get((int) index);
    }

    private static Optional<Block> finished(Open open, boolean truncated, boolean last) throws BrokenStreamException {
        return switch (open.kind) {
            case TEXT -> Optional.of(new Block.Text(open.text.toString()));
            // A signature that was cut off would make the provider refuse the history.
            case THINKING ->
                open.stopped
                        ? Optional.of(new Block.Thinking(open.text.toString(), open.signature.toString()))
                        : Optional.empty();
            case REDACTED -> Optional.of(new Block.RedactedThinking(open.text.toString()));
            case TOOL -> tool(open, truncated, last);
            case OTHER -> Optional.empty();
        };
    }

    private static Optional<Block> tool(Open open, boolean truncated, boolean last) throws BrokenStreamException {
        if (!open.stopped && !truncated) {
            throw new BrokenStreamException();
        }
        var json = open.text.toString();
        // Without a single character of arguments, a call that ends a truncated response may have been cut before its
        // first.
        var arguments = json.isBlank() ? none(truncated && last) : parsed(json);
        return truncated && (!open.stopped || arguments.isEmpty())
                ? Optional.empty()
                : Optional.of(new Block.ToolUse(open.id, open.name, arguments));
    }

    private static Optional<ObjectNode> none(boolean cut) {
        return cut ? Optional.empty() : Optional.of(Json.object());
    }

    private static Optional<ObjectNode> parsed(String json) {
        try {
            return Json.read(json) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    private enum Kind {
        TEXT,
        THINKING,
        REDACTED,
        TOOL,
        OTHER
    }

    /** A block whose end has not been seen, or has. */
    private static final class Open {
        private Kind kind = Kind.OTHER;
        private String id = "";
        private String name = "";
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder signature = new StringBuilder();
        private boolean stopped;
    }

    /** The stream is not a response. It carries no message, so that nothing of the stream can travel with it. */
    static final class BrokenStreamException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
