package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.json.Json;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a task in order (dispatcher.md section 12). */
@Command(
        name = "cancel",
        description =
                "Cancels a task: no new call is made, a motion is stopped and held, then the task ends. For an emergency"
                        + " use gatehouse estop.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the task is being stopped, or was over already; the state it is in is printed",
            "1:there is no such task, or it is somebody else's",
            "64:wrong usage",
            "69:no server answers",
            "76:what answers is not Gatehouse",
            "77:the token is unknown"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse cancel tsk-0c1...",
            "  gatehouse cancel tsk-0c1... --reason 'wrong cube' && gatehouse tasks tsk-0c1... --follow"
        })
final class CancelCommand extends ServerVerb {
    @Parameters(index = "0", paramLabel = "ID", converter = TaskId.Converter.class, description = "Id of a task, tsk-…")
    private TaskId id = new TaskId("");

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is recorded. At most 500 characters.")
    private String reason = "";

    @Option(names = "--json", description = "Print the task as JSON on standard output and nothing else there.")
    private boolean json;

    CancelCommand() {
        super(Terminal.system());
    }

    @Override
    int run() throws IOException, InterruptedException, ConfigException {
        var body = reason.isBlank() ? Json.object() : Json.object().put("reason", reason);
        var answer = server().post("/v1/tasks/" + id.text() + "/cancel", body);
        if (answer.status() != 200 && answer.status() != 202) {
            return refused(answer, "there is no such task of yours");
        }
        if (json) {
            print(answer.body());
        } else {
            out().println(word(answer.body(), "id") + "  " + word(answer.body(), "state"));
        }
        return ExitCode.DONE;
    }
}
