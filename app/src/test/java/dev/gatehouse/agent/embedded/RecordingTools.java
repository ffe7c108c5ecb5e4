package dev.gatehouse.agent.embedded;

import dev.gatehouse.agent.OfferedTool;
import dev.gatehouse.agent.ToolAnswer;
import dev.gatehouse.agent.ToolView;
import dev.gatehouse.json.Json;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.NullMarked;
import tools.jackson.databind.node.ObjectNode;

/** Three tools that remember how they were called: {@code render} looks, {@code move} moves, {@code estop} stops. */
@NullMarked
final class RecordingTools implements ToolView {
    static final String RENDER = "mcp__robot__render";
    static final String MOVE = "mcp__robot__move";
    static final String ESTOP = "mcp__robot__estop";

    private final Behaviour behaviour;
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    record Call(String id, int turn, String name, ObjectNode arguments) {}

    interface Behaviour {
        ToolAnswer answer(Call call) throws InterruptedException;
    }

    RecordingTools(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    /** Tools that always answer the same. */
    RecordingTools(String answer) {
        this(call -> ToolAnswer.ok(answer));
    }

    @Override
    public List<OfferedTool> tools() {
        return List.of(
                tool(RENDER, OfferedTool.Kind.OBSERVE),
                tool(MOVE, OfferedTool.Kind.ACTUATE),
                tool(ESTOP, OfferedTool.Kind.STOP));
    }

    @Override
    public ToolAnswer call(String callId, int turn, String name, ObjectNode arguments) throws InterruptedException {
        var call = new Call(callId, turn, name, arguments);
        calls.add(call);
        return behaviour.answer(call);
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    List<String> ids() {
        return calls.stream().map(Call::id).toList();
    }

    private static OfferedTool tool(String name, OfferedTool.Kind kind) {
        var schema = Json.object().put("type", "object");
        schema.putObject("properties").putObject("a").put("type", "integer");
        return new OfferedTool(name, "Does what its name says.", schema, kind);
    }
}
