package dev.gatehouse.agent.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays a turn of a script: fills in templates, names tools as they are offered, and claims nothing it is not (E6.1). */
final class Actor {
    /** How the first text of a Task begins, so that nobody takes it for a model's. */
    static final String MARK = "[rehearsal] ";

    private static final Turn AT_THE_END = new Turn(
            Optional.of(Template.of("The script ends here.")),
            Optional.empty(),
            List.of(),
            When.ALWAYS,
            Optional.empty(),
            ScriptedUsage.NONE,
            Optional.empty(),
            Optional.empty(),
            1);

    private Actor() {}

    /** The turn that answers a request; at the end of a script one that says so. */
    static Turn turn(Script script, MessagesRequest request) {
        return Replay.due(script, request.conversation()).orElse(AT_THE_END);
    }

    static Answer play(Turn turn, MessagesRequest request) {
        var conversation = request.conversation();
        var texts = new ArrayList<String>();
        turn.say().ifPresent(say -> texts.add(say.fill(conversation)));
        var uses = new ArrayList<Block>();
        for (var call : turn.calls()) {
            var offered = conversation.offered(call.tool());
            if (offered.isPresent()) {
                var id = "toolu_rehearsal_" + request.shortDigest() + "_" + (uses.size() + 1);
                uses.add(new Block.ToolUse(id, offered.get(), call.argumentsFor(conversation)));
            } else {
                texts.add("I cannot call " + call.tool() + ": it is not among the tools I may use in this task.");
            }
        }
        texts.removeIf(String::isBlank);
        if (!texts.isEmpty() && !conversation.hasSpoken() && !texts.getFirst().startsWith(MARK)) {
            texts.set(0, MARK + texts.getFirst());
        }

        var content = new ArrayList<Block>();
        turn.think()
                .map(think -> think.fill(conversation))
                .filter(thought -> !thought.isBlank())
                .ifPresent(thought -> content.add(new Block.Thinking(thought)));
        texts.forEach(text -> content.add(new Block.Text(text)));
        content.addAll(uses);

        var stop = turn.stop().orElse(uses.isEmpty() ? StopReason.END_TURN : StopReason.TOOL_USE);
        var bytes = content.stream().mapToLong(Block::bytes).sum();
        return new Answer(
                "msg_rehearsal_" + request.shortDigest(),
                content,
                stop,
                stop == StopReason.STOP_SEQUENCE ? request.stopSequence() : Optional.empty(),
                turn.usage().resolve(request.bytes(), bytes));
    }
}
