package dev.gatehouse.agent.embedded;

import dev.gatehouse.agent.EngineOutcome;
import dev.gatehouse.agent.EngineOutcome.Completed;
import dev.gatehouse.agent.EngineOutcome.Failed;
import dev.gatehouse.agent.EngineOutcome.MaxTurns;
import dev.gatehouse.agent.EngineOutcome.Refused;
import dev.gatehouse.agent.EngineRun;
import dev.gatehouse.agent.FailureCode;
import dev.gatehouse.agent.Session;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/** The loop of one run (engines.md section 2.2). */
final class Conversation {
    private static final int MAX_SUMMARY = 16 * 1024;
    private static final String CONTINUE =
            "Your response was cut off at its length limit. Continue from where it ended, and be brief.";

    private final Session session;
    private final Transcript transcript;
    private final Exchange exchange;
    private final ToolRound tools;
    private int turns;
    private boolean truncatedBefore;
    private String lastText = "";

    Conversation(Session session, Transcript transcript, Exchange exchange, ToolRound tools) {
        this.session = session;
        this.transcript = transcript;
        this.exchange = exchange;
        this.tools = tools;
    }

    EngineRun run() throws InterruptedException {
        Optional<EngineOutcome> outcome = Optional.empty();
        while (outcome.isEmpty()) {
            outcome = turn(turns + 1);
        }
        return new EngineRun(outcome.get(), turns, exchange.modelTime());
    }

    /** One turn. Empty if the run goes on. */
    private Optional<EngineOutcome> turn(int turn) throws InterruptedException {
        switch (exchange.next(turn)) {
            case Exchange.Result.End end -> {
                return Optional.of(end.outcome());
            }
            case Exchange.Result.Response response -> {
                turns = turn;
                var message = response.message();
                var outcome = outcome(message);
                emit(turn, message, outcome.isPresent() || turn == session.maxTurns());
                return outcome.isPresent() ? outcome : goOn(turn, message);
            }
        }
    }

    /**
     * How this response ends the run, if it does. Only {@code end_turn} and {@code stop_sequence} yield to tool calls in the same
     * response; after a refusal or an unknown reason nothing of it may run.
     */
    private Optional<EngineOutcome> outcome(ModelMessage message) {
        var wantsTools = !message.toolUses().isEmpty();
        var truncated = message.stopReason().equals("max_tokens");
        var again = truncated && truncatedBefore;
        truncatedBefore = truncated;
        return switch (message.stopReason()) {
            case "end_turn", "stop_sequence" ->
                wantsTools ? Optional.empty() : Optional.of(new Completed(summary(message)));
            case "tool_use" -> wantsTools ? Optional.empty() : Optional.of(unknownStop());
            case "max_tokens" ->
                again
                        ? Optional.of(new Failed(
                                FailureCode.OUTPUT_TRUNCATED, "The model reached its output limit twice in a row."))
                        : Optional.empty();
            case "pause_turn" -> Optional.empty();
            case "refusal" -> Optional.of(new Refused(FailureCode.MODEL_REFUSED, "The model declined to go on."));
            case "model_context_window_exceeded" ->
                Optional.of(new Failed(FailureCode.CONTEXT_FULL, "The conversation no longer fits the model."));
            default -> Optional.of(unknownStop());
        };
    }

    private static EngineOutcome unknownStop() {
        return new Failed(FailureCode.MODEL_STOP_UNKNOWN, "The model ended its response in an unknown way.");
    }

    /** Makes the tool calls and prepares the next turn, unless this was the last one (D10.1). */
    private Optional<EngineOutcome> goOn(int turn, ModelMessage message) throws InterruptedException {
        var uses = message.toolUses();
        if (turn == session.maxTurns()) {
            tools.stopsOnly(turn, uses);
            return Optional.of(new MaxTurns());
        }
        var note = message.stopReason().equals("max_tokens") ? Optional.of(CONTINUE) : Optional.<String>empty();
        transcript.assistant(message.blocks());
        if (!uses.isEmpty()) {
            transcript.results(tools.run(turn, uses), note);
        } else {
            note.ifPresent(transcript::user);
        }
        return Optional.empty();
    }

    private void emit(int turn, ModelMessage message, boolean last) {
        var texts = message.texts();
        for (var i = 0; i < texts.size(); i++) {
            session.sink().text(turn, texts.get(i).text(), last && i == texts.size() - 1);
        }
        if (!texts.isEmpty()) {
            lastText = texts.stream().map(Block.Text::text).collect(Collectors.joining("\n"));
        }
    }

    /** The text of this response, or of the last one that had any. */
    private String summary(ModelMessage message) {
        var texts = message.texts().stream().map(Block.Text::text).collect(Collectors.joining("\n"));
        return head(texts.isEmpty() ? lastText : texts);
    }

    private static String head(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_SUMMARY) {
            return text;
        }
        var end = MAX_SUMMARY;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
