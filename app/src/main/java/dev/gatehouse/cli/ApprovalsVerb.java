package dev.gatehouse.cli;

import dev.gatehouse.client.Answer;
import dev.gatehouse.client.ServerConnection;
import dev.gatehouse.json.Json;
import dev.gatehouse.terminal.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One verb about approvals: what they have in common is how a question is shown and why it cannot be answered. */
abstract class ApprovalsVerb extends ServerVerb {
    private static final int LINE = 60;

    @Option(names = "--json", description = "Print the server's JSON on standard output and nothing else there.")
    private boolean json;

    ApprovalsVerb(Terminal terminal) {
        super(terminal);
    }

    final boolean json() {
        return json;
    }

    final int list(ServerConnection server, boolean all) throws IOException, InterruptedException {
        var answer = server.get("/v1/approvals" + (all ? "" : "?state=pending"));
        if (!answer.ok()) {
            return refused(answer);
        }
        var questions = answer.body().path("approvals");
        if (json) {
            print(answer.body());
        } else if (questions.isEmpty()) {
            say(0, "nothing waits for a person");
        } else {
            questions.forEach(question -> out().println(line(question)));
        }
        return 0;
    }

    private static String line(JsonNode question) {
        return String.join(
                "  ",
                word(question, "id"),
                word(question, "state"),
                word(question, "caller"),
                word(question, "tool"),
                Printable.of(Json.line(question.path("arguments")), LINE, "…"));
    }

    /** The exact call. What it holds was written by whoever asks, so nothing of it reaches the terminal unescaped. */
    static void show(PrintWriter to, JsonNode question) {
        to.println("question   " + word(question, "id") + ", " + word(question, "state") + ", until "
                + word(question, "expires_at"));
        to.println("asked by   " + word(question, "caller")
                + (question.path("task_id").isNull() ? ", directly" : ", in task " + word(question, "task_id")));
        to.println("because    " + Printable.exact(Json.line(question.path("reasons"))));
        to.println("tool       " + word(question, "tool"));
        var arguments = question.path("arguments") instanceof ObjectNode object ? object : Json.object();
        Printable.exact(Json.pretty(arguments)).lines().forEach(line -> to.println("  " + line));
        to.flush();
    }

    final int refused(Answer answer) {
        var detail = Printable.of(answer.detail());
        return switch (answer.status()) {
            case 409 -> say(ExitCode.NOT_DONE, detail.isEmpty() ? "it cannot be decided any more" : detail);
            case 410 -> say(ExitCode.NOT_DONE, "too late: nobody decided in time, and silence is no");
            default -> refused(answer, "there is no such question; gatehouse approvals lists those there are");
        };
    }
}
