package dev.gatehouse.server;

import dev.gatehouse.agent.AgentExecutor;
import dev.gatehouse.agent.DailyLedger;
import dev.gatehouse.agent.Money;
import dev.gatehouse.agent.PlannerText;
import dev.gatehouse.agent.Prices;
import dev.gatehouse.agent.QueryReply;
import dev.gatehouse.agent.Spend;
import dev.gatehouse.agent.TaskBudget;
import dev.gatehouse.agent.embedded.EmbeddedEngine;
import dev.gatehouse.robotmd.Planner;
import dev.gatehouse.tool.Payer;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.MissingNode;

/** Plans with the model that the server works with anyhow; where it rehearses, a script plays the planner. */
final class ModelPlanner implements Planner {
    /** Beyond the longest time a manifest can give a planner; the tool cuts earlier. */
    private static final Duration LIMIT = Duration.ofMinutes(3);
    /** What one plan may cost where the credential does not say less. */
    private static final long BUDGET_MICROS = 1_000_000;

    private final EmbeddedEngine engine;
    private final String model;
    private final Supplier<Prices> prices;
    private final DailyLedger daily;
    private final RandomGenerator random;

    /**
     * A planner.
     *
     * @param model for manifests that name none
     * @param random a secure source
     */
    ModelPlanner(
            EmbeddedEngine engine, String model, Supplier<Prices> prices, DailyLedger daily, RandomGenerator random) {
        this.engine = engine;
        this.model = model;
        this.prices = prices;
        this.daily = daily;
        this.random = random;
    }

    @Override
    public Reply plan(Question question, Payer payer) {
        var rehearsal = engine.info().rehearsal();
        if (payer.key().isEmpty() && !rehearsal) {
            return new Reply.Failed(
                    "no model key: send the header X-Anthropic-Api-Key with the request, or let the operator set"
                            + " key_file for this credential");
        }
        var named = rehearsal ? AgentExecutor.REHEARSAL_MODEL : question.model().orElse(model);
        var price = prices.get().price(named);
        if (price.isEmpty()) {
            return new Reply.Failed("the model has no row in the price list, so nobody knows what a plan would cost");
        }
        var budget = new TaskBudget(new Money(payer.budgetMicros().orElse(BUDGET_MICROS)));
        var spend = new Spend(price.get(), daily.with(payer, budget));
        var query = PlannerText.query(named, question.goal(), question.capabilities(), question.untrusted(), random);
        return switch (engine.ask(query, payer.key(), spend, LIMIT)) {
            case QueryReply.Answered(var arguments) ->
                new Reply.Proposed(
                        arguments.map(given -> given.path(PlannerText.STEPS)).orElseGet(MissingNode::getInstance),
                        rehearsal);
            case QueryReply.TooDear() ->
                new Reply.Failed(
                        "what a plan could cost is more than this credential may still spend (max_budget_usd, daily_usd)");
            case QueryReply.Failed(var code, var message) -> new Reply.Failed(message);
        };
    }
}
