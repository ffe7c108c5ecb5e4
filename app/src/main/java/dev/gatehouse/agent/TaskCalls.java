package dev.gatehouse.agent;

import dev.gatehouse.dispatch.ArtifactFiles;
import dev.gatehouse.dispatch.EventType;
import dev.gatehouse.dispatch.LiveTask;
import dev.gatehouse.dispatch.LiveTask.Urgency;
import dev.gatehouse.gate.Gate;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolCall;
import dev.gatehouse.tool.ToolResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Makes the calls of one task: each goes through the gate, and into the log before and after. */
final class TaskCalls {
    private static final String SERVER = "robot";

    private final Gate gate;
    private final LiveTask task;
    private final KeptResults kept;

    TaskCalls(Gate gate, LiveTask task, ArtifactFiles files) {
        this.gate = gate;
        this.task = task;
        this.kept = new KeptResults(files, task);
    }

    /**
     * Makes one call and waits for its result.
     *
     * @param turn of the model that wants it; 0 where there is no model
     */
    ToolResult make(ToolCall call, int turn) {
        task.emit(EventType.TOOL_CALL, called(call, turn));
        var started = task.deadline().ticker().nanoTime();
        var result = throughTheGate(call);
        var took = Duration.ofNanos(task.deadline().ticker().nanoTime() - started);
        if (result.outcome() == ToolResult.Outcome.UNKNOWN) {
            task.effectUnknown();
        }
        task.emit(EventType.TOOL_RESULT, came(call, result, took));
        kept.keep(call.id(), result);
        return result;
    }

    /** A stop of the task ends the waiting here, and the gate then ends the motion. */
    private ToolResult throughTheGate(ToolCall call) {
        var cut = new Cut(Thread.currentThread());
        try (var _ = task.onStop(Urgency.NOW, cut::now)) {
            return gate.call(task.principal(), task, call);
        } catch (InterruptedException e) {
            return ToolResult.refused(ToolResult.Outcome.ABORTED, true, "stopped", "the task was stopped");
        } finally {
            cut.tooLate();
        }
    }

    private ObjectNode called(ToolCall call, int turn) {
        var worst = gate.toolbox().find(call.tool()).map(Tool::worst).map(Effect::wire);
        var out = Json.object().put("call_id", call.id()).put("turn", turn).put("server", SERVER);
        out.put("tool", call.tool()).put("effect", worst.orElse("unclassified"));
        if (gate.holdsSecret(call)) {
            // In pieces or in another alphabet no redaction would find it.
            out.putObject("arguments");
            out.put("withheld", true);
        } else if (call.arguments().toString().length() <= EventText.MAX) {
            out.set("arguments", call.arguments());
        } else {
            // The gate may refuse them for their size; a line of the log must hold them in any case (D4.1).
            out.putObject("arguments");
            out.put("truncated", true);
        }
        return out.put("arguments_sha256", call.argumentsSha256());
    }

    private static ObjectNode came(ToolCall call, ToolResult result, Duration took) {
        var out = Json.object().put("call_id", call.id()).put("tool", call.tool());
        out.put("outcome", result.outcome().name().toLowerCase(Locale.ROOT));
        out.put("is_error", result.isError());
        out.put("duration_ms", took.toMillis());
        var text = result.text();
        var all = out.putArray("content");
        var content = all.addObject().put("kind", "text");
        content.put("bytes", text.getBytes(StandardCharsets.UTF_8).length);
        content.put("sha256", digest(text));
        EventText.put(content, "text", text);
        result.pictures().forEach(picture -> all.add(picture.description()));
        return out;
    }

    private static String digest(String text) {
        return CanonicalJson.sha256(Json.wellFormed(text).getBytes(StandardCharsets.UTF_8));
    }

    /** Interrupts the thread of one call, and only while that call runs: what follows must be able to write its end. */
    private static final class Cut {
        private final Thread caller;
        private boolean over;

        Cut(Thread caller) {
            this.caller = caller;
        }

        synchronized void now() {
            if (!over) {
                caller.interrupt();
            }
        }

        synchronized void tooLate() {
            over = true;
            Thread.interrupted();
        }
    }
}
