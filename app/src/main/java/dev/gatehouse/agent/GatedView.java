package dev.gatehouse.agent;

import dev.gatehouse.dispatch.ArtifactFiles;
import dev.gatehouse.dispatch.LiveTask;
import dev.gatehouse.gate.Gate;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolCall;
import dev.gatehouse.tool.ToolResult;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tools one task may see, each call of which goes through the gate and into the log. */
final class GatedView implements ToolView {
    private static final String PREFIX = "mcp__robot__";

    private final Gate gate;
    private final TaskCalls calls;
    private final LiveTask task;
    private final Ids ids;
    private final List<Tool> visible;

    GatedView(Gate gate, LiveTask task, ArtifactFiles files, Ids ids) {
        this.gate = gate;
        this.calls = new TaskCalls(gate, task, files);
        this.task = task;
        this.ids = ids;
        this.visible = gate.toolbox().tools().stream().filter(this::mayBeUseful).toList();
    }

    /** A tool is shown if some arguments of it may be let through; whether these are, the gate says call by call. */
    private boolean mayBeUseful(Tool tool) {
        return switch (tool.least()) {
            case OBSERVE, STOP -> true;
            case ACTUATE -> task.ceiling() == Effect.ACTUATE && !tool.composed();
            case ADMIN -> false;
        };
    }

    /** Names and worst effects, for the session event. */
    JsonNode listing() {
        var out = Json.array();
        visible.forEach(tool -> out.addObject()
                .put("name", tool.name())
                .put("effect", tool.worst().wire()));
        return out;
    }

    @Override
    public List<OfferedTool> tools() {
        return visible.stream()
                .map(tool ->
                        new OfferedTool(PREFIX + tool.name(), tool.description(), offered(tool), kind(tool.worst())))
                .toList();
    }

    /** No model is asked for what only a person can have (D6.8). */
    private static ObjectNode offered(Tool tool) {
        var schema = tool.inputSchema().deepCopy();
        if (schema.get("properties") instanceof ObjectNode properties) {
            properties.remove(List.of(ToolCall.CONFIRM_TOKEN, ToolCall.STEP_TOKENS));
        }
        return schema;
    }

    private static OfferedTool.Kind kind(Effect worst) {
        return switch (worst) {
            case OBSERVE -> OfferedTool.Kind.OBSERVE;
            case STOP -> OfferedTool.Kind.STOP;
            case ACTUATE, ADMIN -> OfferedTool.Kind.ACTUATE;
        };
    }

    @Override
    public ToolAnswer call(String modelCallId, int turn, String name, ObjectNode arguments)
            throws InterruptedException {
        var tool = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
        var result = calls.make(new ToolCall(ids.mint(Ids.Kind.CALL), tool, arguments), turn);
        var images = result.pictures().stream()
                .map(picture -> new ImageContent(picture.mimeType(), picture.base64()))
                .toList();
        return new ToolAnswer(result.isError(), result.text(), images, actuated(tool, result));
    }

    private boolean actuated(String tool, ToolResult result) {
        var worst = gate.toolbox().find(tool).map(Tool::worst).orElse(Effect.OBSERVE);
        return worst == Effect.ACTUATE && result.outcome() != ToolResult.Outcome.BLOCKED;
    }
}
