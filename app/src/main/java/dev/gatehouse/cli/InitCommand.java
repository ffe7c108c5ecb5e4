package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.server.StartFailure;
import dev.gatehouse.server.ToolSurface;
import dev.gatehouse.setup.Setup;
import dev.gatehouse.setup.SetupRequest;
import dev.gatehouse.setup.SetupRequest.Delivery;
import dev.gatehouse.setup.SetupResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the files to serve a ROBOT.md from (dispatcher.md section 15). */
@Command(
        name = "init",
        description =
                "Writes what serve starts from, beside your ROBOT.md: bearers.yaml with a token of your own, .env,"
                        + " policy.yaml and dispatch-test.sh. All files are written, or none.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all files are written",
            "1:ROBOT.md is missing or wrong, files would be replaced, or a write failed; nothing was changed",
            "2:wrong usage"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse init --yes                              shows the token once",
            "  gatehouse init --yes --no-token-stdout            writes it to actuate.token instead",
            "  gatehouse init --yes --force --dir /srv/robot     replaces the files and the token of an earlier run"
        })
final class InitCommand implements Callable<Integer> {
    @Option(
            names = {"-y", "--yes"},
            description = "Take every default: listen on 127.0.0.1:8080, one token that may actuate. Required: there is"
                    + " no guided form yet.")
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

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        var err = spec.commandLine().getErr();
        if (!yes) {
            err.println(
                    "gatehouse init: there is no guided form yet; to take every default, run: gatehouse init --yes");
            return 2;
        }
        var program = System.getProperty("gatehouse.program", "gatehouse");
        var request = new SetupRequest(directory, program, force, noTokenStdout ? Delivery.WRITTEN : Delivery.SHOWN);
        return switch (new Setup(new SecureRandom(), InitCommand::surface).run(request)) {
            case SetupResult.Done done -> {
                print(spec.commandLine().getOut(), done);
                yield 0;
            }
            case SetupResult.Refused(var message) -> {
                err.println("gatehouse init: " + message);
                yield 1;
            }
        };
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
        done.files().forEach(file -> out.println("wrote " + file));
        out.println();
        done.shown()
                .ifPresentOrElse(
                        token -> {
                            out.println("Actuate token, shown this once:");
                            out.println("  " + token.reveal());
                            token.close();
                        },
                        () -> out.println(
                                "Actuate token written to ./actuate.token (0600). Open the file to read it."));
        out.println();
        out.println("Start the server:");
        out.println("  " + done.serve());
        out.println("Then, in another terminal, send it a first goal:");
        out.println("  " + done.dispatchTest());
        out.println();
        done.notes().forEach(out::println);
        out.println("Keep these out of version control, one line each in .gitignore: " + String.join(" ", Setup.FILES));
        out.flush();
    }
}
