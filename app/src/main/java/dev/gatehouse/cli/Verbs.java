package dev.gatehouse.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
            ApprovalsCommand.class,
            TokensCommand.class,
            AuditCommand.class,
            PolicyCommand.class,
            EnginesCommand.class,
            DriftCommand.class,
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
