package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.gate.Role;
import dev.gatehouse.gate.Step;
import dev.gatehouse.gate.Tier;
import dev.gatehouse.gate.Verdict;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.server.GateTrial;
import dev.gatehouse.server.StartFailure;
import dev.gatehouse.terminal.Printable;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Says what the gate would decide, and does nothing (D15.7). */
@Command(
        name = "test",
        description =
                "Says what the gate would decide about a call of a tool, for one tier or for each, with the step that decides"
                        + " and its code. Nothing moves and nothing is recorded; the robot counts as not stopped and not busy.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        defaultValueProvider = ServeVariables.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:let through, for every tier asked about",
            "1:the policy or the robot cannot be read",
            "2:wrong usage",
            "3:a person would be asked, and nothing refused",
            "4:refused"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse policy test --driver sim-arm execute_capability '{\"capability\": \"arm.home\"}'",
            "  gatehouse policy test --env-file .env --driver sim-arm --tier read --json render"
        })
final class PolicyTrial implements Callable<Integer> {
    private static final int ASKED = 3;
    private static final int REFUSED = 4;

    @Parameters(index = "0", arity = "0..1", paramLabel = "TOOL", description = "Exact name of the tool.")
    private @Nullable String tool;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ARGUMENTS",
            defaultValue = "{}",
            description = "Its arguments, one JSON object. Default: ${DEFAULT-VALUE}.")
    private String arguments = "{}";

    @Option(names = "--tier", paramLabel = "TIER", description = "none, read or actuate. Default: each of them.")
    private @Nullable Tier tier;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            split = ",",
            description = "A right beside the tier: stop, approve, clear or admin; may be repeated.")
    private List<Role> roles = List.of();

    @Mixin
    private final RobotOptions robot = new RobotOptions();

    @Option(names = "--json", description = "Print one JSON object a tier and nothing else.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        Logging.quiet();
        var name = tool;
        if (name == null) {
            throw new ParameterException(spec.commandLine(), "name a tool, such as render or execute_capability");
        }
        var call = object();
        try {
            robot.check();
            return judge(name, call);
        } catch (ConfigException | StartFailure e) {
            spec.commandLine().getErr().println("gatehouse policy test: " + e.getMessage());
            return 1;
        }
    }

    private int judge(String name, ObjectNode call) throws ConfigException, StartFailure {
        var rights = roles.isEmpty() ? Set.<Role>of() : EnumSet.copyOf(roles);
        try (var trial = GateTrial.open(robot.robotMd(), robot.driver(spec), robot.policy())) {
            var exit = 0;
            for (var one : tier == null ? List.of(Tier.values()) : List.of(tier)) {
                var verdict = trial.judge(one, rights, name, call);
                spec.commandLine().getOut().println(json ? Json.line(line(one, verdict)) : sentence(one, verdict));
                exit = Math.max(exit, exit(verdict));
            }
            spec.commandLine().getOut().flush();
            return exit;
        }
    }

    private ObjectNode object() {
        try {
            if (Json.read(arguments) instanceof ObjectNode object) {
                return object;
            }
        } catch (MalformedJsonException e) {
            throw new ParameterException(spec.commandLine(), "the arguments are no JSON", e);
        }
        throw new ParameterException(spec.commandLine(), "the arguments must be one JSON object");
    }

    private static int exit(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allow() -> 0;
            case Verdict.Ask ask -> ASKED;
            case Verdict.Deny deny -> REFUSED;
        };
    }

    private static ObjectNode line(Tier tier, Verdict verdict) {
        var line = Json.object().put("tier", tier.wire());
        return switch (verdict) {
            case Verdict.Allow() ->
                line.put("behavior", "allow").putNull("step").put("code", "ok");
            case Verdict.Ask ask ->
                line.put("behavior", "ask")
                        .put("step", Step.APPROVAL.wire())
                        .put("code", "hitl_required")
                        .put("message", ask.message());
            case Verdict.Deny deny ->
                line.put("behavior", "deny")
                        .put("step", deny.step().wire())
                        .put("code", deny.code())
                        .put("message", deny.message());
        };
    }

    private static String sentence(Tier tier, Verdict verdict) {
        var line = line(tier, verdict);
        return "%-7s  %-5s  %-8s  %-17s  %s"
                .formatted(
                        tier.wire(),
                        line.path("behavior").asString(""),
                        line.path("step").asString("-"),
                        line.path("code").asString(""),
                        Printable.of(line.path("message").asString("")))
                .stripTrailing();
    }
}
