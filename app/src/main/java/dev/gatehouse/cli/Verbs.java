package dev.gatehouse.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The verbs of the program. */
@Command(
        name = "gatehouse",
        description = "Goals in, results out, the controls stay home.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            InitCommand.class,
            DoctorCommand.class,
            ServeCommand.class,
            DemoCommand.class,
            McpCommand.class,
            InstallCommand.class,
            ValidateCommand.class,
            RenderCommand.class,
            RestCommand.class,
            DispatchCommand.class,
            TasksCommand.class,
            CancelCommand.class,
            ApprovalsCommand.class,
            ApprovalsCommand.Approve.class,
            ApprovalsCommand.Deny.class,
            EstopCommand.class,
            StatusCommand.class,
            TokensCommand.class,
            PolicyCommand.class,
            AuditCommand.class,
            EnginesCommand.class,
            DriftCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse demo                          the main job on a simulated arm, start to end",
            "  gatehouse init --yes                    files to serve from, beside your ROBOT.md",
            "  gatehouse serve --robot-md ROBOT.md --bearers bearers.yaml",
            "  gatehouse mcp ROBOT.md                  the manifest for an MCP client, over standard input and output",
            "  gatehouse validate ROBOT.md --json      what is wrong with a manifest",
            "  gatehouse rest ROBOT.md                 the manifest over plain HTTP, read-only",
            "  gatehouse install --client claude       let an MCP client look at the robot",
            "  gatehouse doctor                        what stands between this machine and a robot you can trust",
            "  gatehouse dispatch look at the bench    a goal for a running server, followed to its end",
            "  gatehouse tasks                         what became of your goals",
            "  gatehouse estop                         the software stop",
            "  gatehouse status                        how the server is",
            "  gatehouse approvals                     what waits for a person to agree",
            "  gatehouse tokens list                   who may call, and what they may do",
            "  gatehouse audit verify                  whether the record was tampered with",
            "  gatehouse policy test --driver sim-arm execute_capability '{\"capability\": \"arm.home\"}'",
            "  gatehouse engines                       what works on a goal, and what it costs",
            "  gatehouse drift                         whether the world this was built for still fits",
            "  gatehouse help serve                    everything about one command"
        })
final class Verbs {
    private Verbs() {}

    /** Runs one verb; its exit code. */
    static int run(String[] args) {
        return run(utf8(System.out), utf8(System.err), args);
    }

    /** Runs one verb; 2 for wrong usage. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        var line = new CommandLine(new Verbs()).setOut(out).setErr(err).setCaseInsensitiveEnumValuesAllowed(true);
        everyVerbHasTheVersion(line);
        aReasonIsNoVerb(line, args);
        // A goal may begin with an @; it must not become the content of a file.
        line.setExpandAtFiles(false);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("gatehouse: " + failure.getMessage());
            return 1;
        });
        if (args.length == 0) {
            line.usage(out);
            return 0;
        }
        return line.execute(args);
    }

    /** The reason of a stop may hold any word, also {@code clear}; the verb of that name comes right after {@code estop}. */
    private static void aReasonIsNoVerb(CommandLine line, String... args) {
        if (args.length > 1
                && args[0].equals("estop")
                && !List.of("clear", "--help", "-h").contains(args[1])) {
            Optional.ofNullable(line.getSubcommands().get("estop"))
                    .ifPresent(estop -> estop.getCommandSpec().removeSubcommand("clear"));
        }
    }

    /** Any verb answers {@code --version} (robot-md.md 7), which the annotation of the whole program does not hand down. */
    private static void everyVerbHasTheVersion(CommandLine line) {
        line.getCommandSpec().versionProvider(new Version());
        line.getSubcommands().values().forEach(Verbs::everyVerbHasTheVersion);
    }

    /** Manifests and results are UTF-8 wherever they go, whatever the locale of a service or a cron job is. */
    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
