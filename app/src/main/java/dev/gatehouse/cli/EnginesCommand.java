package dev.gatehouse.cli;

import dev.gatehouse.agent.EngineInfo;
import dev.gatehouse.agent.ModelPrice;
import dev.gatehouse.agent.Money;
import dev.gatehouse.agent.Prices;
import dev.gatehouse.agent.embedded.EngineSettings;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.dispatch.OrderReader;
import dev.gatehouse.drift.EngineTrial;
import dev.gatehouse.gate.Policy;
import dev.gatehouse.json.Json;
import dev.gatehouse.terminal.Glyphs;
import dev.gatehouse.terminal.Printable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Lists what can work on a goal, and what that costs (engines.md E7.2). */
@Command(
        name = "engines",
        description =
                "Lists the engines with their versions and whether they pass their self-test, the models with their prices, and"
                        + " the limits in force. Asks no model and costs nothing.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        defaultValueProvider = ServeVariables.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every engine passes", "1:policy or prices are wrong", "2:wrong usage", "3:a self-test failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  gatehouse engines", "  gatehouse engines --prices prices.yaml --json"})
final class EnginesCommand implements Callable<Integer> {
    private static final int FAILED = 3;

    @Option(
            names = "--prices",
            paramLabel = "FILE",
            description = "What models cost (GATEHOUSE_PRICES). Default: built in.")
    private @Nullable Path prices;

    @Mixin
    private final PolicyOptions rules = new PolicyOptions();

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.quiet();
        try {
            rules.check();
            var list = Prices.in(Optional.ofNullable(prices));
            var policy = Policy.in(rules.policy());
            var problem = EngineTrial.run();
            var out = spec.commandLine().getOut();
            if (json) {
                out.println(Json.line(json(list, policy, problem)));
            } else {
                print(out, list, policy, problem);
            }
            out.flush();
            return problem.isPresent() ? FAILED : 0;
        } catch (ConfigException e) {
            spec.commandLine().getErr().println("gatehouse engines: " + e.getMessage());
            return 1;
        }
    }

    /** Both are the same loop; the second one asks a script instead of a model. */
    private static List<EngineInfo> engines() {
        return List.of(
                EngineSettings.embedded(EngineSettings.PUBLIC_API).info(),
                EngineSettings.rehearsal(EngineSettings.PUBLIC_API).info());
    }

    private static ObjectNode json(Prices list, Policy policy, Optional<String> problem) {
        var out = Json.object();
        var engines = out.putArray("engines");
        for (var engine : engines()) {
            engines.addObject()
                    .put("name", engine.name())
                    .put("version", engine.version())
                    .put("rehearsal", engine.rehearsal())
                    .put("self_test", problem.orElse("passed"));
        }
        var models = out.putObject("models");
        new TreeMap<>(list.models()).forEach((name, price) -> models.set(name, json(price)));
        out.put("prices_version", list.version());
        out.set("limits", limits(policy));
        return out;
    }

    private static ObjectNode json(ModelPrice price) {
        return Json.object()
                .put("in", new Money(price.normal().input()).dollars())
                .put("out", new Money(price.normal().output()).dollars());
    }

    private static ObjectNode limits(Policy policy) {
        return Json.object()
                .put("max_tasks", policy.maxTasks())
                .put("max_queue", policy.maxQueue())
                .put("deadline_s", policy.maxDeadline().toSeconds())
                .put("max_turns", OrderReader.MAX_TURNS)
                .put("max_tokens", EngineSettings.MAX_TOKENS);
    }

    private static void print(PrintWriter out, Prices list, Policy policy, Optional<String> problem) {
        var sign = problem.isPresent()
                ? Glyphs.ofStandardOutput().no()
                : Glyphs.ofStandardOutput().yes();
        for (var engine : engines()) {
            out.println(sign
                    + " %-11s %-24s %s"
                            .formatted(
                                    engine.name(),
                                    engine.version(),
                                    problem.orElse("self-test passed")
                                            + (engine.rehearsal()
                                                    ? "; answers from scripts, for simulated robots"
                                                    : "")));
        }
        out.println();
        out.println("USD per million tokens, prices of " + Printable.of(list.version()));
        new TreeMap<>(list.models())
                .forEach((name, price) -> out.println("  %-24s in %s, out %s"
                        .formatted(
                                Printable.of(name),
                                dollars(price.normal().input()),
                                dollars(price.normal().output()))));
        out.println();
        out.println("Limits");
        limits(policy)
                .properties()
                .forEach(limit -> out.println("  %-24s %s".formatted(limit.getKey(), limit.getValue())));
    }

    private static String dollars(long micros) {
        return new Money(micros).dollars().toPlainString();
    }
}
