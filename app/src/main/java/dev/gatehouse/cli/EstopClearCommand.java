package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.json.Json;
import dev.gatehouse.terminal.Printable;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets a stopped robot move again (D8.9). */
@Command(
        name = "clear",
        description =
                "Lets a stopped robot move again. Nothing starts or goes on by itself. Needs a token with the role clear.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:cleared",
            "1:not cleared: it is not stopped, another stop came, or the robot has not confirmed or refuses",
            "64:wrong usage",
            "69:no server answers",
            "76:what answers is not Gatehouse",
            "77:the token is unknown or lacks the role clear"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse status                                                 names the latch",
            "  gatehouse estop clear --latch est-4... --reason 'looked at it, nobody there'"
        })
final class EstopClearCommand extends ServerVerb {
    @Option(names = "--latch", paramLabel = "ID", required = true, description = "The stop that you looked at, est-…")
    private String latch = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why it is safe; it is recorded.")
    private String reason = "";

    @Option(names = "--force", description = "Although the robot has not confirmed the stop; look at it first.")
    private boolean force;

    @Option(names = "--json", description = "Print the server's JSON on standard output and nothing else there.")
    private boolean json;

    EstopClearCommand() {
        super(Terminal.system());
    }

    @Override
    int run() throws IOException, InterruptedException, ConfigException {
        var body = Json.object().put("latch_id", latch).put("reason", reason);
        if (force) {
            body.put("force", true);
        }
        var answer = server().post("/v1/estop/clear", body);
        if (answer.status() == 422) {
            throw new ConfigException(Printable.of(answer.detail()));
        }
        if (!answer.ok()) {
            return refused(answer, "what answers there cannot clear a stop; is it Gatehouse?");
        }
        if (json) {
            print(answer.body());
        } else {
            out().println("cleared    " + word(answer.body(), "latch_id"));
        }
        return ExitCode.DONE;
    }
}
