package dev.gatehouse.agent.rehearsal;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The condition of a turn; all stated parts must hold. Patterns are searched for, not matched whole.
 *
 * @param lastReason searched in {@code error.reason} of the latest tool result and, if that one is an error, in its text
 * @param lastText searched in the text of the latest tool result
 * @param hasTool the unprefixed name of a tool that must be offered
 * @param turn the number of the response within the conversation, counted from 1
 */
record When(Optional<Pattern> lastReason, Optional<Pattern> lastText, Optional<String> hasTool, OptionalInt turn) {
    static final When ALWAYS = new When(Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty());

    boolean holds(Conversation conversation) {
        return (lastReason.isEmpty()
                        || conversation.last().filter(this::refused).isPresent())
                && (lastText.isEmpty()
                        || lastText.get().matcher(conversation.lastText()).find())
                && (hasTool.isEmpty() || conversation.offered(hasTool.get()).isPresent())
                && (turn.isEmpty() || turn.getAsInt() == conversation.responses() + 1);
    }

    private boolean refused(ToolAnswer last) {
        var pattern = lastReason.orElseThrow();
        return last.reason().filter(reason -> pattern.matcher(reason).find()).isPresent()
                || (last.isError() && pattern.matcher(last.text()).find());
    }
}
