package dev.gatehouse.drift;

import dev.gatehouse.agent.EngineSink;
import dev.gatehouse.agent.FailureCode;
import dev.gatehouse.agent.Money;
import dev.gatehouse.agent.OfferedTool;
import dev.gatehouse.agent.ToolAnswer;
import dev.gatehouse.agent.ToolView;
import dev.gatehouse.agent.Usage;
import dev.gatehouse.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/** One harmless tool, and a count of everything that an engine reports. */
final class Observer implements ToolView, EngineSink {
    static final String TOOL = "mcp__robot__render";
    static final String ANSWER = "a manifest";

    private volatile int calls;
    private volatile int deltas;
    private volatile int retries;
    private volatile Usage used = Usage.NONE;
    private volatile Money total = Money.ZERO;

    @Override
    public List<OfferedTool> tools() {
        return List.of(new OfferedTool(
                TOOL, "Shows the manifest.", Json.object().put("type", "object"), OfferedTool.Kind.OBSERVE));
    }

    @Override
    public synchronized ToolAnswer call(String callId, int turn, String name, ObjectNode arguments) {
        calls++;
        return name.equals(TOOL) ? ToolAnswer.ok(ANSWER) : ToolAnswer.error("no such tool");
    }

    @Override
    public void text(int turn, String text, boolean last) {}

    @Override
    public synchronized void textDelta(int turn, String text) {
        deltas++;
    }

    @Override
    public synchronized void usage(int turn, Usage usage, Money cost, Money all, Money remaining) {
        used = used.plus(usage);
        total = all;
    }

    @Override
    public synchronized void retry(int turn, int attempt, Duration delay, OptionalInt status, FailureCode code) {
        retries++;
    }

    int calls() {
        return calls;
    }

    int deltas() {
        return deltas;
    }

    int retries() {
        return retries;
    }

    Usage used() {
        return used;
    }

    Money total() {
        return total;
    }
}
