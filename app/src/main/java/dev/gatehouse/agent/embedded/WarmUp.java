package dev.gatehouse.agent.embedded;

import dev.gatehouse.agent.EngineSink;
import dev.gatehouse.agent.FailureCode;
import dev.gatehouse.agent.ImageContent;
import dev.gatehouse.agent.ModelPrice;
import dev.gatehouse.agent.Money;
import dev.gatehouse.agent.OfferedTool;
import dev.gatehouse.agent.PriceTier;
import dev.gatehouse.agent.Session;
import dev.gatehouse.agent.Spend;
import dev.gatehouse.agent.StopSignal;
import dev.gatehouse.agent.SystemText;
import dev.gatehouse.agent.TaskBudget;
import dev.gatehouse.agent.ToolAnswer;
import dev.gatehouse.agent.ToolView;
import dev.gatehouse.agent.Usage;
import dev.gatehouse.json.Json;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/** A session that costs nothing and touches nothing, to have every class of the path loaded before the first caller waits for it. */
final class WarmUp implements ToolView, EngineSink {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String MODEL = "gatehouse-rehearsal-1";
    private static final ModelPrice FREE =
            new ModelPrice(new PriceTier(0, 0, 0, 0, 0), Optional.empty(), OptionalInt.empty(), 1_000);

    static Session session() {
        var nothing = new WarmUp();
        return new Session(
                "warm-up",
                "Look around and report.",
                SystemText.withoutManifest(),
                MODEL,
                4,
                Optional.empty(),
                nothing,
                new Spend(FREE, new TaskBudget(Money.ZERO)),
                Deadline.in(LIMIT, Ticker.system()),
                nothing,
                new StopSignal(),
                true);
    }

    @Override
    public List<OfferedTool> tools() {
        return List.of(new OfferedTool(
                "mcp__robot__render", "Shows nothing.", Json.object().put("type", "object"), OfferedTool.Kind.OBSERVE));
    }

    @Override
    public ToolAnswer call(String callId, int turn, String name, ObjectNode arguments) {
        return new ToolAnswer(false, "nothing", List.<ImageContent>of(), false);
    }

    @Override
    public void text(int turn, String text, boolean last) {}

    @Override
    public void textDelta(int turn, String text) {}

    @Override
    public void usage(int turn, Usage usage, Money cost, Money total, Money remaining) {}

    @Override
    public void retry(int turn, int attempt, Duration delay, OptionalInt status, FailureCode code) {}
}
