package dev.gatehouse.mcp;

import dev.gatehouse.gate.CallerLimits;
import dev.gatehouse.gate.Door;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.gate.Surface;
import dev.gatehouse.gate.Tier;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.mcp.model.ServerInfo;
import dev.gatehouse.robot.Progress;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Offer;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.Prompt;
import dev.gatehouse.tool.Resource;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolCall;
import dev.gatehouse.tool.ToolResult;
import dev.gatehouse.tool.Toolbox;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Something to serve that a test has in its hands: a tool that works until it is told to stop, a note that changes. */
final class Workshop implements Door, Offer {
    static final Principal READER =
            new Principal("crd-1", "reader", Tier.READ, Set.of(), CallerLimits.NONE, Surface.MCP_STDIO);

    final CountDownLatch working = new CountDownLatch(1);
    final CountDownLatch finish = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
    final List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
    final List<ToolCall> calls = Collections.synchronizedList(new ArrayList<>());
    volatile Resource.Content note = new Resource.Content.Text("one");
    private final Toolbox toolbox = new Toolbox(List.of(
            tool("echo", Effect.OBSERVE),
            tool("work", Effect.OBSERVE),
            tool("break", Effect.OBSERVE),
            tool("move", Effect.ACTUATE),
            tool("estop", Effect.STOP)));

    McpService service() {
        return new McpService(
                new ServerInfo("workshop", "A workshop", "1"),
                this,
                this,
                Optional.empty(),
                new Ids(),
                (id, cause) -> faults.add(cause));
    }

    private static Tool tool(String name, Effect effect) {
        return new Tool(
                name,
                "The " + name,
                "Does " + name + ".",
                effect,
                effect,
                Tool.Hints.READS,
                Json.object().put("type", "object"),
                Optional.of(Json.object().put("type", "object")),
                arguments -> new Operation.Read(),
                invocation -> {
                    throw new AssertionError("this door runs its tools by name");
                });
    }

    @Override
    public Toolbox toolbox() {
        return toolbox;
    }

    @Override
    public ToolResult call(Principal principal, ToolCall call, Progress progress) throws InterruptedException {
        calls.add(call);
        return switch (call.tool()) {
            case "work" -> work(progress);
            case "break" -> throw new IllegalStateException("/etc/secret is broken");
            default -> ToolResult.ok(Json.object().put("tool", call.tool()).set("arguments", call.arguments()));
        };
    }

    private ToolResult work(Progress progress) throws InterruptedException {
        progress.report(1, 3, "begun");
        progress.report(1, 3, "still there");
        progress.report(2, 3, "going on");
        working.countDown();
        try {
            finish.await();
        } catch (InterruptedException e) {
            progress.report(3, 3, "told to stop");
            interrupted.countDown();
            throw e;
        }
        return ToolResult.ok(Json.object().put("worked", true));
    }

    @Override
    public String instructions() {
        return "Read the note.";
    }

    @Override
    public List<Resource> resources() {
        return List.of(new Resource("note", "workshop://note", "The note", "A note.", "text/plain", () -> note));
    }

    @Override
    public Optional<Resource> resource(String uri) {
        return uri.equals("workshop://NOTE")
                ? Optional.of(resources().getFirst())
                : resources().stream().filter(r -> r.uri().equals(uri)).findFirst();
    }

    @Override
    public List<Prompt> prompts() {
        return List.of(new Prompt(
                "greet",
                "Greet",
                "Greets somebody.",
                List.of(new Prompt.Argument("whom", "Somebody.", true)),
                arguments -> "Greet " + arguments.get("whom") + "."));
    }
}
