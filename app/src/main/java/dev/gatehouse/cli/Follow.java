package dev.gatehouse.cli;

import dev.gatehouse.client.Answer;
import dev.gatehouse.client.Call;
import dev.gatehouse.client.Following;
import dev.gatehouse.client.Outcome;
import dev.gatehouse.client.Patience;
import dev.gatehouse.client.ServerConnection;
import dev.gatehouse.dispatch.TaskState;
import dev.gatehouse.terminal.Printable;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Follows one task for a person or a script, with Ctrl-C as its brake, and says by an exit code how it ended (D18.3, D18.4). */
final class Follow {
    private final ServerVerb verb;
    private final ServerConnection server;
    private final OutputOptions.Form form;
    private final boolean failOnDenial;
    private final Following following;

    Follow(ServerVerb verb, ServerConnection server, OutputOptions.Form form, boolean failOnDenial) {
        this.verb = verb;
        this.server = server;
        this.form = form;
        this.failOnDenial = failOnDenial;
        this.following = new Following(server, new Telling(verb, form), Patience.standard());
    }

    /** Hands over an order; Ctrl-C cancels its task. */
    int order(Call order, Optional<String> streamLevel, Optional<Duration> deadMan)
            throws IOException, InterruptedException {
        try (var _ = Signals.handle("INT", this::interrupt)) {
            return ended(following.dispatch(order, streamLevel, deadMan));
        }
    }

    /** Looks at somebody's task; whoever only looks does not cancel it by looking away. */
    int task(String taskId) throws IOException, InterruptedException {
        return ended(following.follow(taskId));
    }

    private void interrupt() {
        try {
            following.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int ended(Outcome outcome) throws IOException, InterruptedException {
        return switch (outcome) {
            case Outcome.Ended(var taskId, var result) -> result(taskId, result);
            case Outcome.Refused(var answer) -> refused(verb, answer);
            case Outcome.Unreachable(var why) ->
                verb.say(
                        ExitCode.UNREACHABLE,
                        why + "; if the order was sent, it may have been taken: gatehouse tasks shows what there is");
            case Outcome.Lost(var taskId) ->
                verb.say(
                        ExitCode.UNREACHABLE,
                        "the connection could not be had back; gatehouse tasks " + taskId + " --follow tries again");
            case Outcome.Left(var taskId) ->
                verb.say(
                        ExitCode.LEFT,
                        taskId.isEmpty()
                                ? "left before the server answered; gatehouse tasks shows what there is"
                                : "left " + taskId + " with the server; gatehouse tasks " + taskId + " shows it");
            case Outcome.Garbled(var why) -> verb.say(ExitCode.PROTOCOL, "what answers there is not Gatehouse: " + why);
        };
    }

    private int result(String taskId, JsonNode result) throws IOException, InterruptedException {
        var status = result.path("status").asString("");
        var state = state(status);
        if (state.isEmpty()) {
            return verb.say(ExitCode.PROTOCOL, "the task ended in a way this version does not know");
        }
        show(taskId, result);
        var denials = result.path("permission_denials").size();
        if (state.get() == TaskState.COMPLETED) {
            return denials > 0 && failOnDenial
                    ? verb.say(ExitCode.REFUSED, "completed, but " + denials + " of its calls were refused")
                    : ExitCode.DONE;
        }
        var exit = ExitCode.of(state.get());
        // The story has told it already.
        return form == OutputOptions.Form.STORY
                ? exit
                : verb.say(
                        exit,
                        "the task ended " + status
                                + ServerVerb.because(Printable.of(
                                        result.path("error").path("message").asString(""))));
    }

    private void show(String taskId, JsonNode result) throws IOException, InterruptedException {
        switch (form) {
            case STORY, SUMMARY -> {
                var summary = result.path("summary").asString("");
                if (!summary.isBlank()) {
                    verb.out().println(Printable.exact(summary.strip()));
                }
            }
            case JSON -> {
                var task = server.get("/v1/tasks/" + taskId);
                if (!task.ok()) {
                    throw new IOException("the finished task cannot be read");
                }
                verb.print(task.body());
            }
            case NDJSON -> {
                // The result was the last line.
            }
        }
        verb.out().flush();
    }

    private static Optional<TaskState> state(String wire) {
        return Arrays.stream(TaskState.values())
                .filter(state -> state.terminal() && state.wire().equals(wire))
                .findFirst();
    }

    /** Why an order was not taken, in the server's words. */
    static int refused(ServerVerb verb, Answer answer) {
        var detail = Printable.of(answer.detail());
        var retry = answer.body().path("retry_after_s").asInt(0);
        return verb.say(
                answer.status() == 404 ? ExitCode.NOT_DONE : ExitCode.ofRefusal(answer),
                (detail.isEmpty() ? "the server answered " + answer.status() : detail)
                        + (retry > 0 ? "; worth another try in " + retry + " s" : ""));
    }
}
