package dev.gatehouse.agent;

import static java.util.Objects.requireNonNull;

import dev.gatehouse.dispatch.ArtifactFiles;
import dev.gatehouse.dispatch.Ending;
import dev.gatehouse.dispatch.EventType;
import dev.gatehouse.dispatch.Executor;
import dev.gatehouse.dispatch.LiveTask;
import dev.gatehouse.dispatch.LiveTask.Urgency;
import dev.gatehouse.dispatch.Order;
import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.dispatch.TaskState;
import dev.gatehouse.gate.Declared;
import dev.gatehouse.gate.Gate;
import dev.gatehouse.gate.PinnedManifest;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Effect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/** Works on agent tasks: picks the engine, gives it a gated view of the tools and a budget, and reports its end. */
public final class AgentExecutor implements Executor {
    /** What a rehearsal calls itself, whatever model was asked for (engines.md E6.1). */
    public static final String REHEARSAL_MODEL = "gatehouse-rehearsal-1";

    private static final Ending.Fault DAY_SPENT = new Ending.Fault(
            Refusal.Code.DAILY_BUDGET.wire(),
            "what may be spent in one day is spent; the next day begins at 00:00 UTC");

    private final Map<String, Engine> engines;
    private final AgentSettings settings;
    private final Supplier<Prices> prices;
    private final DailyLedger daily;
    private final Gate gate;
    private final PinnedManifest manifest;
    private final ArtifactFiles files;
    private final Ids ids;
    private final RandomGenerator random;

    public AgentExecutor(
            Map<String, Engine> engines,
            AgentSettings settings,
            Supplier<Prices> prices,
            DailyLedger daily,
            Gate gate,
            PinnedManifest manifest,
            ArtifactFiles files,
            Ids ids,
            RandomGenerator random) {
        this.engines = Map.copyOf(engines);
        this.settings = settings;
        this.prices = prices;
        this.daily = daily;
        this.gate = gate;
        this.manifest = manifest;
        this.files = files;
        this.ids = ids;
        this.random = random;
    }

    @Override
    public Preparation prepare(Principal principal, Order order) {
        var name = order.engine().orElse(settings.defaultEngine());
        var engine = engines.get(name);
        if (engine == null) {
            return refused(
                    Refusal.Code.INVALID_REQUEST, "engine", "must be one of " + String.join(", ", engines.keySet()));
        }
        var rehearsal = engine.info().rehearsal();
        var model = rehearsal ? REHEARSAL_MODEL : order.model().orElse(settings.defaultModel());
        var price = prices.get().price(model);
        if (price.isEmpty()) {
            return refused(Refusal.Code.PRICE_UNKNOWN, "model", "has no row in the price list");
        }
        if (daily.free(principal.payer()).compareTo(price.get().worst(1, Spend.LEAST_OUTPUT, CacheWrite.NONE)) < 0) {
            return new Preparation.Refused(
                    Refusal.later(Refusal.Code.DAILY_BUDGET, DAY_SPENT.message(), daily.secondsToNextDay()));
        }
        return new Preparation.Ready(name, model, rehearsal, !rehearsal);
    }

    private static Preparation refused(Refusal.Code code, String field, String message) {
        return new Preparation.Refused(Refusal.fields(
                code, field + " " + message, List.of(new Refusal.FieldError(field, message, code.wire()))));
    }

    @Override
    public Ending execute(LiveTask task) throws InterruptedException {
        var engine = requireNonNull(engines.get(task.task().member("engine").asString()), "prepared engine");
        var model = task.task().member("model").asString();
        var list = prices.get();
        var price = list.price(model);
        if (price.isEmpty()) {
            // The list was replaced while the order waited.
            return Ending.of(
                    TaskState.FAILED,
                    "",
                    Optional.of(new Ending.Fault("price_unknown", "the model has no row in the price list any more")));
        }
        var view = new GatedView(gate, task, files, ids);
        var budget = new TaskBudget(new Money(task.order().maxBudgetMicros()));
        var spend = new Spend(price.get(), daily.with(task.principal().payer(), budget));
        var stop = new StopSignal();
        task.emit(EventType.SESSION, session(task, engine.info(), model, list.version(), view));
        var obstacle = new Readiness(gate).obstacle(task);
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        try (var _ = task.onStop(Urgency.AFTER_CALL, () -> stop.stop("stopped"))) {
            var run = engine.run(new Session(
                    task.taskId(),
                    task.order().goal(),
                    systemText(task),
                    model,
                    task.order().maxTurns(),
                    task.key(),
                    view,
                    spend,
                    task.deadline(),
                    new EventSink(task),
                    stop,
                    task.order().deltas()));
            return ending(run, spend, daily.free(task.principal().payer()).compareTo(budget.free()) < 0);
        }
    }

    private String systemText(LiveTask task) {
        return manifest.now() instanceof Declared.Present present && present.valid()
                ? SystemText.withManifest(present.manifest().rawText(), task.ceiling() == Effect.ACTUATE, random)
                : SystemText.withoutManifest();
    }

    private ObjectNode session(LiveTask task, EngineInfo info, String model, String pricesVersion, GatedView view) {
        var out = Json.object().put("engine", info.name()).put("engine_version", info.version());
        out.put("model", model);
        out.set("tools", view.listing());
        out.put("manifest_sha256", task.manifestSha256());
        out.put("policy_sha256", task.policy().sha256());
        out.put("surface_sha256", gate.toolbox().surfaceSha256());
        out.put("prices_version", pricesVersion);
        return out.put("rehearsal", info.rehearsal());
    }

    private static Ending ending(EngineRun run, Spend spend, boolean dayIsShorter) {
        return switch (run.outcome()) {
            case EngineOutcome.Completed(var summary) -> ending(TaskState.COMPLETED, summary, run, spend, null);
            case EngineOutcome.Refused(var code, var message) ->
                ending(TaskState.REFUSED, "", run, spend, new Ending.Fault(code.code(), message));
            case EngineOutcome.Failed(var code, var message) ->
                ending(TaskState.FAILED, "", run, spend, new Ending.Fault(code.code(), message));
            case EngineOutcome.MaxTurns() -> ending(TaskState.MAX_TURNS, "", run, spend, null);
            case EngineOutcome.BudgetExceeded() ->
                ending(TaskState.BUDGET_EXCEEDED, "", run, spend, dayIsShorter ? DAY_SPENT : null);
            case EngineOutcome.Stopped stopped ->
                ending(
                        stopped.cause().equals(EngineOutcome.Stopped.DEADLINE)
                                ? TaskState.DEADLINE
                                : TaskState.CANCELED,
                        "",
                        run,
                        spend,
                        null);
        };
    }

    private static Ending ending(
            TaskState state,
            String summary,
            EngineRun run,
            Spend spend,
            Ending.@org.jspecify.annotations.Nullable Fault fault) {
        return new Ending(
                state,
                summary,
                run.turns(),
                run.modelTime().toMillis(),
                spend.total().micros(),
                UsageJson.totals(spend.usage()),
                Optional.empty(),
                Optional.ofNullable(fault));
    }
}
