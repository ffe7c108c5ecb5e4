package dev.gatehouse.cli;

import dev.gatehouse.agent.embedded.EngineSettings;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.demo.Demo;
import dev.gatehouse.demo.DemoSettings;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.server.StartFailure;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the main job on a simulated arm, start to end. */
@Command(
        name = "demo",
        description = "Shows the main job on a simulated arm in about a minute, and checks everything it claims.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything that was claimed was true",
            "1:something was not, or the server could not be started",
            "2:wrong usage"
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  ANTHROPIC_API_KEY    work with a real model: three goals, each for at most",
            "                       0.25 USD; without it a script stands in for the model",
            "  GATEHOUSE_MODEL      name of that model",
            "  GATEHOUSE_MODEL_URL  Messages API endpoint of that model",
            "  NO_COLOR             no colours"
        })
final class DemoCommand implements Callable<Integer> {
    private static final Pattern KEY = Pattern.compile("sk-ant-[\\x21-\\x7e]{1,505}");

    @Option(names = "--fast", description = "Without the pauses that let a person read along.")
    private boolean fast;

    @Option(names = "--keep", description = "Keep the files of the server, and say where they are.")
    private boolean keep;

    @Option(names = "--rehearse", description = "No model and no cost, even with ANTHROPIC_API_KEY set.")
    private boolean rehearse;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "${env:GATEHOUSE_MODEL:-" + EngineSettings.DEFAULT_MODEL + "}",
            description = "The real model (GATEHOUSE_MODEL). Default: ${DEFAULT-VALUE}.")
    private String model = EngineSettings.DEFAULT_MODEL;

    @Option(
            names = "--model-url",
            paramLabel = "URL",
            defaultValue = "${env:GATEHOUSE_MODEL_URL}",
            description = "Messages API endpoint (GATEHOUSE_MODEL_URL). Default: the provider's public one.")
    private @Nullable URI modelUrl;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.quiet();
        var example = ExampleArm.find();
        if (example.isEmpty()) {
            return failed("examples/sim-arm is not where this program is installed; run it from a checkout");
        }
        var key = Optional.ofNullable(rehearse ? null : System.getenv("ANTHROPIC_API_KEY"))
                .filter(text -> !text.isBlank())
                .map(text -> Secret.of(text.strip()));
        if (key.isPresent() && !KEY.matcher(key.get().reveal()).matches()) {
            return failed("ANTHROPIC_API_KEY does not look like a key (sk-ant-...); unset it, or add --rehearse");
        }
        var url = modelUrl == null ? EngineSettings.PUBLIC_API : modelUrl;
        try {
            var settings = new DemoSettings(example.get(), fast, keep, key, model, url);
            return Demo.run(settings, System.out, colourful()) ? 0 : 1;
        } catch (StartFailure | ConfigException | IOException e) {
            return failed(String.valueOf(e.getMessage()));
        } finally {
            key.ifPresent(Secret::close);
        }
    }

    private int failed(String why) {
        spec.commandLine().getErr().println("gatehouse demo: " + why);
        return 1;
    }

    /** Colours only where somebody can see them and has not declined them (no-color.org). */
    private static boolean colourful() {
        var terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        var declined = System.getenv().getOrDefault("NO_COLOR", "");
        return terminal.isPresent() && declined.isEmpty() && !"dumb".equals(System.getenv("TERM"));
    }
}
