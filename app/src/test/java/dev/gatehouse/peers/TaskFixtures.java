package dev.gatehouse.peers;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.dispatch.DispatchBench;
import dev.gatehouse.dispatch.Dispatcher;
import dev.gatehouse.dispatch.Ending;
import dev.gatehouse.dispatch.LiveTask;
import dev.gatehouse.gate.Door;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.mcp.McpService;
import dev.gatehouse.mcp.McpTasks;
import dev.gatehouse.mcp.model.ServerInfo;
import dev.gatehouse.robot.Progress;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolCall;
import dev.gatehouse.tool.ToolResult;
import dev.gatehouse.tool.Toolbox;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the conformance suite expects of a server with tasks: tools that would move something, in a real dispatcher. */
final class TaskFixtures implements Door {
    /** The suite counts in seconds and only wants to see a task at work; a tenth of them is long enough. */
    private static final int MILLIS_A_SECOND = 100;

    private final Toolbox toolbox = new Toolbox(List.of(
            tool("greet", Effect.OBSERVE),
            tool("slow_compute", Effect.ACTUATE),
            tool("failing_job", Effect.ACTUATE),
            tool("protocol_error_job", Effect.ACTUATE)));

    private final Dispatcher dispatcher;

    private TaskFixtures(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    static McpService service(DispatchBench bench) {
        var fixtures = new TaskFixtures(bench.dispatcher);
        bench.script(fixtures::run);
        return new McpService(
                new ServerInfo("fixtures", "Fixtures", "1"),
                fixtures,
                new Fixtures(),
                Optional.of(new McpTasks(bench.dispatcher)),
                new Ids(),
                (id, cause) -> new AssertionError(id, cause).printStackTrace());
    }

    private static Tool tool(String name, Effect effect) {
        return new Tool(
                name,
                name,
                "A fixture of the conformance suite.",
                effect,
                effect,
                Tool.Hints.READS,
                Json.object().put("type", "object"),
                Optional.empty(),
                arguments -> new Operation.Read(),
                invocation -> {
                    throw new AssertionError("this door runs its tools by name");
                });
    }

    private Ending run(LiveTask task) throws InterruptedException {
        var stopped = new CountDownLatch(1);
        try (var _ = task.onStop(LiveTask.Urgency.AFTER_CALL, stopped::countDown)) {
            return Ending.of(result(task.order().call().orElseThrow(), stopped));
        }
    }

    @Override
    public Toolbox toolbox() {
        return toolbox;
    }

    @Override
    public ToolResult call(Principal principal, ToolCall call, Progress progress) throws InterruptedException {
        return result(call, new CountDownLatch(1));
    }

    private ToolResult result(ToolCall call, CountDownLatch stopped) throws InterruptedException {
        return switch (call.tool()) {
            case "greet" -> text("Hello, " + call.arguments().path("name").asString() + "!");
            case "slow_compute" -> {
                var seconds = call.arguments().path("seconds").intValue(0);
                var _ = stopped.await((long) seconds * MILLIS_A_SECOND, TimeUnit.MILLISECONDS);
                yield text("computed");
            }
            case "failing_job" -> ToolResult.failed("This job always fails.");
            case "protocol_error_job" -> throw new IllegalStateException("a protocol error was asked for");
            default -> {
                // The suite asks for one of these between a cancellation and its next task, which finds the robot free
                // then.
                await().until(() -> dispatcher.open() == 0);
                yield ToolResult.failed("Tool " + call.tool() + " not found");
            }
        };
    }

    private static ToolResult text(String text) {
        return new ToolResult(ToolResult.Outcome.OK, false, text, Optional.empty());
    }
}
