package dev.gatehouse.cli;

import dev.gatehouse.agent.EngineInfo;
import dev.gatehouse.agent.ModelPrice;
import dev.gatehouse.agent.Money;
import dev.gatehouse.agent.Prices;
import dev.gatehouse.agent.embedded.EngineSettings;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.StrictYaml;
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
    private static final int MAX_TURNS = 100;

    @Option(
            names = "--prices",
            paramLabel = "FILE",
            description = "What models cost (GATEHOUSE_PRICES). Default: built in.")
    private @Nullable Path prices;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The operator's policy (GATEHOUSE_POLICY). Default: built in.")
    private @Nullable Path policy;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "Lines NAME=value for whatever is neither a flag nor in the environment (GATEHOUSE_ENV_FILE)."
                    + " Default: none.")
    private @Nullable Path envFile;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.quiet();
        try {
            if (envFile != null) {
                var _ = EnvFile.read(envFile);
            }
            var list = prices == null ? Prices.builtIn() : StrictYaml.read(prices, Prices::of);
            var rules = policy == null ? Policy.builtIn() : StrictYaml.read(policy, Policy::read);
            var problem = EngineTrial.run();
            var out = spec.commandLine().getOut();
            if (json) {
                out.println(Json.line(json(list, rules, problem)));
            } else {
                print(out, list, rules, problem);
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

    private static ObjectNode json(Prices list, Policy rules, Optional<String> problem) {
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
        out.set("limits", limits(rules));
        return out;
    }

    private static ObjectNode json(ModelPrice price) {
        return Json.object()
                .put("in", new Money(price.normal().input()).dollars())
                .put("out", new Money(price.normal().output()).dollars());
    }

    private static ObjectNode limits(Policy rules) {
        return Json.object()
                .put("max_tasks", rules.maxTasks())
                .put("max_queue", rules.maxQueue())
                .put("deadline_s", rules.maxDeadline().toSeconds())
                .put("max_turns", MAX_TURNS)
                .put("max_tokens", EngineSettings.MAX_TOKENS);
    }

    private static void print(PrintWriter out, Prices list, Policy rules, Optional<String> problem) {
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
        limits(rules)
                .properties()
                .forEach(limit -> out.println("  %-24s %s".formatted(limit.getKey(), limit.getValue())));
    }

    private static String dollars(long micros) {
        return new Money(micros).dollars().toPlainString();
    }
}
