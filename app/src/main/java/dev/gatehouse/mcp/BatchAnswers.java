package dev.gatehouse.mcp;

import dev.gatehouse.json.Json;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Collects the answers to a batch, which go out together once every request in it is over (JSON-RPC 2.0, section 6). */
final class BatchAnswers implements Outbox {
    private final ArrayNode answers = Json.array();
    private final Consumer<ArrayNode> out;
    private int expected;

    /**
     * An empty collection.
     *
     * @param expected how often {@link #over} will be called
     */
    BatchAnswers(int expected, Consumer<ArrayNode> out) {
        this.expected = expected;
        this.out = out;
    }

    @Override
    public synchronized void send(ObjectNode answer) {
        answers.add(answer);
    }

    /** One message of the batch is dealt with, answered or not. */
    synchronized void over() {
        expected--;
        if (expected == 0 && !answers.isEmpty()) {
            out.accept(answers);
        }
    }
}
