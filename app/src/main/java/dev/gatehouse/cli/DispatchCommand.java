package dev.gatehouse.cli;

import dev.gatehouse.client.Call;
import dev.gatehouse.client.ServerConnection;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.gate.PrivateFile;
import dev.gatehouse.secret.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hands a running server a goal and follows its task to the end (dispatcher.md section 18). */
@Command(
        name = "dispatch",
        description =
                "Hands a running server a goal in plain words and follows the task to its end. Progress goes to standard"
                        + " error, the summary to standard output. Ctrl-C cancels the task and waits until the robot has settled;"
                        + " Ctrl-C once more leaves at once.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:completed; with --async, accepted",
            "2:refused; with --fail-on-denial also if one of its calls was refused",
            "3:failed",
            "4:the budget is used up",
            "5:deadline",
            "6:stopped by the software stop, or it is set",
            "7:busy, or no capacity: try again later",
            "8:the most turns were taken",
            "9:canceled",
            "10:unknown: something may have happened, and nobody can say what",
            "11:stopped because its caller was gone",
            "12:the tools changed while it ran",
            "64:wrong usage, or the server does not accept a value",
            "69:no server answers",
            "76:what answers is not Gatehouse",
            "77:the token or the model key is unknown or lacks the right",
            "130:left with Ctrl-C before the end"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse dispatch describe what is on the bench",
            "  gatehouse dispatch --effect observe --max-budget-usd 0.10 --goal-file goal.txt",
            "  echo 'put the red cube into the bin' | gatehouse dispatch --goal-file - --json | jq .result",
            "  gatehouse dispatch --url https://robot.tailnet.ts.net --token-file ./mine.token look around",
            "  gatehouse dispatch --idempotency-key auto --job nightly-tidy --goal-file tidy.txt    from a timer",
            "",
            "The token comes from --token-file or GATEHOUSE_TOKEN, the model key from --key-file or ANTHROPIC_API_KEY, and",
            "neither is ever an argument. Words of somebody else belong into --goal-file - and not on the command line."
        })
final class DispatchCommand extends ServerVerb {
    @Mixin
    private OrderOptions order = new OrderOptions();

    @Option(names = "--goal-file", paramLabel = "FILE", description = "Read the goal from a file; - is standard input.")
    private @Nullable String goalFile;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description =
                    "File with your model key. Default: ANTHROPIC_API_KEY; without one, what the server holds for you.")
    private @Nullable Path keyFile;

    @Option(names = "--async", description = "Do not follow: print the id of the task and end.")
    private boolean async;

    @ArgGroup
    private @Nullable OutputOptions output;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "The same key twice is one task. auto: made of this host, --job and the minute.")
    private @Nullable String idempotencyKey;

    @Option(names = "--job", paramLabel = "NAME", description = "Name of the job, for --idempotency-key auto.")
    private @Nullable String job;

    @Option(names = "--fail-on-denial", description = "End with 2 if the task completed but calls of it were refused.")
    private boolean failOnDenial;

    @Parameters(
            arity = "0..*",
            paramLabel = "GOAL",
            description = "What is to be done, in plain words; - is standard input.")
    private List<String> words = new ArrayList<>();

    DispatchCommand() {
        super(Terminal.system());
    }

    @Override
    int run() throws IOException, InterruptedException, ConfigException {
        var form = output == null ? OutputOptions.Form.STORY : output.form();
        if (async && form == OutputOptions.Form.NDJSON) {
            throw new ConfigException("--async follows nothing, so there are no events to print; leave --ndjson out");
        }
        if (async && order.deadMan().isPresent()) {
            throw new ConfigException(
                    "--async follows nothing, so nobody would keep --deadman-s; leave one of them out");
        }
        var call = Call.post("/dispatch", order.body(Goal.of(words, goalFile, System.in)))
                .with("Accept", "application/x-ndjson");
        for (var key : key().stream().toList()) {
            call = call.with("Idempotency-Key", '"' + key + '"');
        }
        for (var key : modelKey().stream().toList()) {
            call = call.with("X-Anthropic-Api-Key", key.reveal());
        }
        return async
                ? accepted(server(), call, form)
                : new Follow(this, server(), form, failOnDenial).order(call, order.streamLevel(), order.deadMan());
    }

    private Optional<String> key() throws ConfigException {
        if (idempotencyKey == null || !idempotencyKey.equals("auto")) {
            if (job != null) {
                throw new ConfigException("--job belongs to --idempotency-key auto");
            }
            if (idempotencyKey != null && !idempotencyKey.matches("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,255}")) {
                throw new ConfigException("--idempotency-key: 1 to 255 visible ASCII characters without \" and \\");
            }
            return Optional.ofNullable(idempotencyKey);
        }
        if (job == null || job.isBlank()) {
            throw new ConfigException("--idempotency-key auto: name the job with --job");
        }
        return Optional.of(ScheduledRun.now(job, Instant.now()).key());
    }

    private Optional<Secret> modelKey() throws ConfigException {
        return ServerOptions.headerValue(
                keyFile == null ? System.getenv().getOrDefault("ANTHROPIC_API_KEY", "") : PrivateFile.text(keyFile));
    }

    private int accepted(ServerConnection server, Call order, OutputOptions.Form form)
            throws IOException, InterruptedException {
        var answer = server.send(order.with("Prefer", "respond-async"));
        if (answer.status() != 202) {
            return Follow.refused(this, answer);
        }
        if (form == OutputOptions.Form.JSON) {
            print(answer.body());
        } else {
            out().println(word(answer.body(), "id"));
        }
        return form == OutputOptions.Form.STORY
                ? say(0, "accepted; gatehouse tasks " + word(answer.body(), "id") + " --follow shows how it goes")
                : ExitCode.DONE;
    }
}
