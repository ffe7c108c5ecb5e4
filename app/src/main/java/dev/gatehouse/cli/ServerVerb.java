package dev.gatehouse.cli;

import dev.gatehouse.client.Answer;
import dev.gatehouse.client.ProtocolException;
import dev.gatehouse.client.ServerConnection;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.json.Json;
import dev.gatehouse.terminal.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** One verb about a running server: it finds the server, talks to it, and says in plain words what went wrong. */
abstract class ServerVerb implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    ServerVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    abstract int run() throws IOException, InterruptedException, ConfigException;

    @Override
    public final Integer call() throws InterruptedException {
        try {
            return run();
        } catch (ConfigException e) {
            return say(ExitCode.USAGE, String.valueOf(e.getMessage()));
        } catch (NoServerException e) {
            return say(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()));
        } catch (ProtocolException e) {
            return say(ExitCode.PROTOCOL, "what answers there is not Gatehouse: " + e.getMessage());
        } catch (IOException e) {
            return say(
                    ExitCode.UNREACHABLE,
                    "no server answers; is it running? gatehouse serve starts one, --url names another");
        } finally {
            out().flush();
        }
    }

    final Terminal terminal() {
        return terminal;
    }

    final ServerOptions options() {
        return options;
    }

    final ServerConnection server() throws ConfigException, NoServerException {
        return options.connect(terminal);
    }

    final CommandSpec spec() {
        return spec;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    final int say(int exit, String message) {
        err().println(spec.qualifiedName() + ": " + message);
        err().flush();
        return exit;
    }

    /** A document of the server's on standard output, as one line. */
    final void print(JsonNode document) {
        out().println(Printable.json(Json.line(document)));
        out().flush();
    }

    /** What the server said instead of doing it; {@code missing} is about the thing that was named. */
    final int refused(Answer answer, String missing) {
        var detail = Printable.of(answer.detail());
        return switch (answer.status()) {
            case 401 -> say(ExitCode.NO_RIGHT, "the server does not know this token" + because(detail));
            case 403 -> say(ExitCode.NO_RIGHT, detail.isEmpty() ? "this token lacks the right" : detail);
            case 404 -> say(ExitCode.NOT_DONE, missing);
            default -> say(ExitCode.NOT_DONE, "the server answered " + answer.status() + because(detail));
        };
    }

    static String because(String detail) {
        return detail.isEmpty() ? "" : ": " + detail;
    }

    /** A word of the server's, with everything spelled out that could mislead whoever reads it. */
    static String word(JsonNode object, String member) {
        return Printable.exact(object.path(member).asString(""));
    }
}
