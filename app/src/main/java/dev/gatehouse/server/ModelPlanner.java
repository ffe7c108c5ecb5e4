package dev.gatehouse.server;

import dev.gatehouse.agent.AgentExecutor;
import dev.gatehouse.agent.PlannerText;
import dev.gatehouse.agent.QueryReply;
import dev.gatehouse.agent.embedded.EmbeddedEngine;
import dev.gatehouse.robotmd.Planner;
import dev.gatehouse.secret.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.MissingNode;

/** Plans with the model that the server works with anyhow; where it rehearses, a script plays the planner. */
final class ModelPlanner implements Planner {
    /** Beyond the longest time a manifest can give a planner; the tool cuts earlier. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final EmbeddedEngine engine;
    private final String model;
    private final RandomGenerator random;

    /**
     * A planner.
     *
     * @param model for manifests that name none
     * @param random a secure source
     */
    ModelPlanner(EmbeddedEngine engine, String model, RandomGenerator random) {
        this.engine = engine;
        this.model = model;
        this.random = random;
    }

    @Override
    public Reply plan(Question question, Optional<Secret> key) {
        var rehearsal = engine.info().rehearsal();
        if (key.isEmpty() && !rehearsal) {
            return new Reply.Failed(
                    "no model key: send the header X-Anthropic-Api-Key with the request, or let the operator set"
                            + " key_file for this credential");
        }
        var named = rehearsal ? AgentExecutor.REHEARSAL_MODEL : question.model().orElse(model);
        var query = PlannerText.query(named, question.goal(), question.capabilities(), question.untrusted(), random);
        return switch (engine.ask(query, key, LIMIT)) {
            case QueryReply.Answered(var arguments) ->
                new Reply.Proposed(
                        arguments.map(given -> given.path(PlannerText.STEPS)).orElseGet(MissingNode::getInstance),
                        rehearsal);
            case QueryReply.Failed(var code, var message) -> new Reply.Failed(message);
        };
    }
}
