package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.json.Json;
import dev.gatehouse.terminal.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One verb about approvals: it finds the server, talks to it, and says in plain words what went wrong. */
abstract class ApprovalsVerb implements Callable<Integer> {
    private static final int NO_SERVER = 69;
    private static final int NO_RIGHT = 77;
    private static final int LINE = 60;

    private final Terminal terminal;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Option(names = "--json", description = "Print the server's JSON on standard output and nothing else there.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    ApprovalsVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    abstract int run(ServerConnection server) throws IOException, InterruptedException, ConfigException;

    @Override
    public final Integer call() throws InterruptedException {
        try {
            return run(options.connect(terminal));
        } catch (ConfigException e) {
            return say(2, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return say(NO_SERVER, "no server answers; is it running? gatehouse serve starts one, --url names another");
        } finally {
            out().flush();
        }
    }

    final Terminal terminal() {
        return terminal;
    }

    final CommandSpec spec() {
        return spec;
    }

    final boolean json() {
        return json;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    final int say(int exit, String message) {
        err().println("gatehouse approvals: " + message);
        err().flush();
        return exit;
    }

    final int list(ServerConnection server, boolean all) throws IOException, InterruptedException {
        var answer = server.get("/v1/approvals" + (all ? "" : "?state=pending"));
        if (!answer.ok()) {
            return refused(answer);
        }
        var questions = answer.body().path("approvals");
        if (json) {
            out().println(Json.line(answer.body()));
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

    static String word(JsonNode question, String member) {
        return Printable.exact(question.path(member).asString(""));
    }

    final int refused(ServerConnection.Answer answer) {
        var detail = word(answer.body(), "detail");
        return switch (answer.status()) {
            case 401 -> say(NO_RIGHT, "the server does not know this token");
            case 403 -> say(NO_RIGHT, detail.isEmpty() ? "this token lacks the right" : detail);
            case 404 -> say(1, "there is no such question; gatehouse approvals lists those there are");
            case 409 -> say(1, detail.isEmpty() ? "it cannot be decided any more" : detail);
            case 410 -> say(1, "too late: nobody decided in time, and silence is no");
            default -> say(1, "the server answered " + answer.status() + (detail.isEmpty() ? "" : ": " + detail));
        };
    }
}
