package dev.gatehouse.cli;

import dev.gatehouse.cli.GuidedSetup.Decision;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.server.StartFailure;
import dev.gatehouse.server.ToolSurface;
import dev.gatehouse.setup.Choices;
import dev.gatehouse.setup.FirstCredential;
import dev.gatehouse.setup.OldConfiguration;
import dev.gatehouse.setup.Prepared;
import dev.gatehouse.setup.Setup;
import dev.gatehouse.setup.SetupRequest;
import dev.gatehouse.setup.SetupRequest.Delivery;
import dev.gatehouse.setup.SetupResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the files to serve a ROBOT.md from (dispatcher.md section 15). */
@Command(
        name = "init",
        description =
                "Writes what serve starts from, beside your ROBOT.md: bearers.yaml with a token of your own, .env,"
                        + " policy.yaml and dispatch-test.sh. Asks for each knob first. All files are written, or none.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all files are written, or you did not want them",
            "1:ROBOT.md is missing or wrong, files would be replaced, or a write failed; nothing was changed",
            "2:wrong usage",
            "130:interrupted; nothing was written"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse init                                    asks for every knob, one by one",
            "  gatehouse init --yes                              shows the token once",
            "  gatehouse init --yes --no-token-stdout            writes it to actuate.token instead",
            "  gatehouse init --yes --force --dir /srv/robot     replaces the files and the token of an earlier run",
            "  gatehouse init --yes --import /etc/robot-md-dispatcher    keeps the callers of a 0.2.0 configuration"
        })
final class InitCommand implements Callable<Integer> {
    @Option(
            names = {"-y", "--yes"},
            description = "Ask nothing and take every default: listen on 127.0.0.1:8080, one token that may actuate.")
    private boolean yes;

    @Option(names = "--force", description = "Replace the files of an earlier run. Their tokens stop working.")
    private boolean force;

    @Option(
            names = "--no-token-stdout",
            description = "Show no token; write it to actuate.token, which only you can read.")
    private boolean noTokenStdout;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Directory with the ROBOT.md. Default: the working directory.")
    private Path directory = Path.of(".");

    @Option(
            names = "--import",
            paramLabel = "DIR",
            description =
                    "Directory of a 0.2.0 configuration: its bearers.yaml, whose tokens are hashed and go on working, and its"
                            + " env file. It stays as it is.")
    private @Nullable Path old;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final Terminal terminal;

    InitCommand() {
        this(Terminal.system());
    }

    InitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var program = System.getProperty("gatehouse.program", "gatehouse");
        var request = new SetupRequest(directory, program, force, noTokenStdout ? Delivery.WRITTEN : Delivery.SHOWN);
        return switch (new Setup(new SecureRandom(), InitCommand::surface).prepare(request)) {
            case SetupResult.Refused(var message) -> refuse(message);
            case Prepared prepared -> configure(prepared);
        };
    }

    private int configure(Prepared prepared) {
        try {
            return old == null
                    ? choose(prepared, Choices.defaults(), OldConfiguration.NONE)
                    : convert(prepared, OldConfiguration.read(old, OldEnvironment.of(old), Clock.systemUTC()));
        } catch (ConfigException e) {
            return refuse(String.valueOf(e.getMessage()));
        }
    }

    private int convert(Prepared prepared, OldConfiguration configuration) throws ConfigException {
        return choose(prepared, configuration.choices(), configuration);
    }

    private int choose(Prepared prepared, Choices usual, OldConfiguration configuration) {
        if (!yes && !terminal.attended()) {
            return refuse("the questions need a terminal; to take every default, run: gatehouse init --yes");
        }
        try (var interruption = Interruption.listen(spec.commandLine().getErr())) {
            var decision = yes
                    ? new Decision.Chosen(usual)
                    : guide().ask(usual, configuration.entries().size());
            return switch (decision) {
                case Decision.Declined() -> {
                    spec.commandLine().getOut().println("Nothing was written.");
                    yield 0;
                }
                case Decision.Aborted() -> {
                    spec.commandLine().getErr().println("\n" + Interruption.MESSAGE);
                    yield Interruption.EXIT_CODE;
                }
                case Decision.Chosen(var choices) ->
                    interruption.tooLate() ? write(prepared, choices, configuration) : Interruption.EXIT_CODE;
            };
        }
    }

    private GuidedSetup guide() {
        return new GuidedSetup(terminal, spec.commandLine().getOut());
    }

    private int write(Prepared prepared, Choices choices, OldConfiguration configuration) {
        return switch (prepared.write(choices, configuration)) {
            case SetupResult.Done done -> {
                print(spec.commandLine().getOut(), done);
                yield 0;
            }
            case SetupResult.Refused(var message) -> refuse(message);
        };
    }

    private int refuse(String message) {
        spec.commandLine().getErr().println("gatehouse init: " + message);
        return 1;
    }

    private static String surface(Path robotMd, String driver) throws ConfigException {
        try {
            return ToolSurface.sha256(
                    robotMd, Drivers.named(driver, Optional.empty()).orElseThrow());
        } catch (StartFailure e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private static void print(PrintWriter out, SetupResult.Done done) {
        out.println();
        done.files().forEach(file -> out.println("wrote " + file));
        out.println();
        for (var grant : FirstCredential.values()) {
            var token = done.shown().get(grant);
            if (token != null) {
                out.println(grant.label() + " token, shown this once:");
                out.println("  " + token.reveal());
                token.close();
            } else if (done.files().stream().anyMatch(file -> file.endsWith(grant.file()))) {
                out.println(
                        grant.label() + " token written to ./" + grant.file() + " (0600). Open the file to read it.");
            }
        }
        out.println();
        out.println("Start the server:");
        out.println("  " + done.serve());
        out.println("Then, in another terminal, send it a first goal:");
        out.println("  " + done.dispatchTest());
        commands(out, "As a service:", done.systemd());
        commands(out, "Through Tailscale:", done.tailscale());
        out.println();
        done.notes().forEach(out::println);
        out.println(
                "Keep these out of version control, one line each in .gitignore: " + String.join(" ", ignored(done)));
        out.flush();
    }

    private static void commands(PrintWriter out, String title, List<String> commands) {
        if (!commands.isEmpty()) {
            out.println(title);
            commands.forEach(command -> out.println("  " + command));
        }
    }

    /** The usual five, and further files with a token if there are any. */
    private static Set<String> ignored(SetupResult.Done done) {
        var names = new LinkedHashSet<>(Setup.FILES);
        done.files().forEach(file -> names.add(String.valueOf(file.getFileName())));
        return names;
    }
}
