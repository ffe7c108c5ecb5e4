package dev.gatehouse.cli;

import dev.gatehouse.client.Answer;
import dev.gatehouse.client.ServerConnection;
import dev.gatehouse.config.ConfigException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows tasks: a list, one, or one while it goes on (D18.5). */
@Command(
        name = "tasks",
        description = "Lists your tasks, newest first; with an ID, shows one; with --follow, until it is over.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown; with --follow, completed",
            "1:there is no such task, or it is somebody else's",
            "2..12:with --follow, how the task ended; see gatehouse help dispatch",
            "64:wrong usage",
            "69:no server answers",
            "76:what answers is not Gatehouse",
            "77:the token is unknown"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse tasks",
            "  gatehouse tasks --limit 5 --json | jq '.tasks[].state'",
            "  gatehouse tasks tsk-0c1...",
            "  gatehouse tasks tsk-0c1... --follow             from its first event to its last",
            "  gatehouse tasks tsk-0c1... --save pictures      what was kept of it, into a directory",
            "",
            "Ctrl-C while following only ends the looking; gatehouse cancel ends the task."
        })
final class TasksCommand extends ServerVerb {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ID",
            converter = TaskId.Converter.class,
            description = "Id of a task, tsk-…")
    private @Nullable TaskId id;

    @Option(
            names = {"-f", "--follow"},
            description = "Show the events of the task from the first to the last.")
    private boolean follow;

    @Option(
            names = "--save",
            paramLabel = "DIR",
            description = "Save what was kept of the task into this directory; needs a token with stream full.")
    private @Nullable Path save;

    @ArgGroup
    private @Nullable OutputOptions output;

    @Option(names = "--state", paramLabel = "STATE", description = "Only tasks in this state, for example running.")
    private @Nullable String state;

    @Option(names = "--limit", paramLabel = "N", description = "So many at most, 1 to 200. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Option(
            names = "--after",
            paramLabel = "ID",
            converter = TaskId.Converter.class,
            description = "Those that are older than this one.")
    private @Nullable TaskId after;

    TasksCommand() {
        super(Terminal.system());
    }

    @Override
    int run() throws IOException, InterruptedException, ConfigException {
        var form = output == null ? OutputOptions.Form.STORY : output.form();
        if (id == null) {
            if (follow || save != null || form == OutputOptions.Form.NDJSON) {
                throw new ConfigException("name the task to follow or to save, as gatehouse tasks lists it");
            }
            return list(server(), form);
        }
        if (follow && save != null) {
            throw new ConfigException("follow the task first, then save what it brought");
        }
        if (follow) {
            return new Follow(this, server(), form, false).task(id.text());
        }
        if (form == OutputOptions.Form.NDJSON) {
            throw new ConfigException("--ndjson shows events, so it needs --follow");
        }
        var server = server();
        var answer = server.get("/v1/tasks/" + id.text());
        if (!answer.ok()) {
            return refused(answer, "there is no such task of yours");
        }
        return save == null ? shown(answer, form) : new ArtifactDownload(this, server, save).save(answer.body());
    }

    private int list(ServerConnection server, OutputOptions.Form form) throws IOException, InterruptedException {
        var path = new StringBuilder("/v1/tasks?limit=" + limit);
        if (after != null) {
            path.append("&after=").append(after.text());
        }
        if (state != null) {
            path.append("&state=").append(URLEncoder.encode(state, StandardCharsets.UTF_8));
        }
        var answer = server.get(path.toString());
        if (!answer.ok()) {
            return refused(answer, "the server has no list of tasks");
        }
        if (form == OutputOptions.Form.JSON) {
            print(answer.body());
            return ExitCode.DONE;
        }
        var tasks = answer.body().path("tasks");
        if (tasks.isEmpty()) {
            return say(ExitCode.DONE, "no task");
        }
        tasks.forEach(task -> out().println(TaskText.line(task)));
        var next = word(answer.body(), "next_after");
        return next.isEmpty() ? ExitCode.DONE : say(ExitCode.DONE, "there may be more: --after " + next);
    }

    private int shown(Answer answer, OutputOptions.Form form) {
        if (form == OutputOptions.Form.JSON) {
            print(answer.body());
        } else {
            TaskText.lines(answer.body()).forEach(out()::println);
        }
        return ExitCode.DONE;
    }
}
