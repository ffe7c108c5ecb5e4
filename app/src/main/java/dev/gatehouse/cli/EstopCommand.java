package dev.gatehouse.cli;

import dev.gatehouse.client.Answer;
import dev.gatehouse.client.Call;
import dev.gatehouse.client.ServerConnection;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.json.Json;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.server.ServerFile;
import dev.gatehouse.terminal.Printable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** Stops the robot, by every way there is at once (D8.1, D18.5). */
@Command(
        name = "estop",
        description =
                "Stops the robot: the software stop, not an emergency stop device. It tries the server of this machine and"
                        + " every address it knows, all at once. Whatever stands behind it is the reason.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        subcommands = EstopClearCommand.class,
        synopsisSubcommandLabel = "[clear --latch ID --reason TEXT]",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped, and confirmed by the robot",
            "1:stopped, but the robot has not confirmed it: go and look",
            "64:wrong usage, or no token",
            "69:NOT STOPPED: no server answers",
            "77:NOT STOPPED: no server knows the token"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse estop",
            "  gatehouse estop somebody stands beside the arm",
            "  gatehouse estop --url https://robot.tailnet.ts.net --url http://127.0.0.1:8081",
            "  gatehouse estop clear --latch est-4... --reason 'looked at it, nobody there'",
            "",
            "GATEHOUSE_URL holds the addresses, with blanks between them. Any token may stop; a token of the role clear may",
            "clear. An option it does not know does not keep it from stopping."
        })
final class EstopCommand extends ServerVerb {
    /** After which another way has to do; a server answers a stop in milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** For the door that takes the reason down; the door for stops alone has none, and is pressed when that one did not answer yet. */
    private static final Duration HEAD_START = Duration.ofMillis(200);

    private static final int LONGEST_REASON = 500;

    @Option(names = "--json", description = "Print what each server said as a line of JSON on standard output.")
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "REASON", description = "Why; it is recorded.")
    private List<String> reason = new ArrayList<>();

    @Unmatched
    private List<String> unknown = new ArrayList<>();

    EstopCommand() {
        super(Terminal.system());
    }

    @Override
    int run() throws InterruptedException, ConfigException {
        if (!unknown.isEmpty()) {
            say(0, "stopping all the same; this was not understood: " + Printable.of(String.join(" ", unknown)));
        }
        var server = localServer();
        // Where the socket knows who stops, nobody has to type a token first.
        var token = token(server.flatMap(ServerFile::socket).isEmpty());
        var ways = ways(server, token);
        var presses = new ArrayList<Future<Integer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ways.forEach(way -> presses.add(threads.submit(() -> press(way, request()))));
            var door = server.flatMap(ServerFile::stopUrl);
            if (door.isPresent() && token.isPresent() && !confirmed(presses)) {
                var way = ServerConnection.to(door.get(), token.get());
                presses.add(threads.submit(() -> press(way, Call.post("/v1/estop"))));
            }
        }
        // The codes are ordered: confirmed, not confirmed, no answer, no right.
        var best = presses.isEmpty() ? ExitCode.UNREACHABLE : Integer.MAX_VALUE;
        for (var press : presses) {
            best = Math.min(best, outcome(press));
        }
        return best < ExitCode.USAGE ? best : say(best, "THE ROBOT IS NOT STOPPED. Use its own switch.");
    }

    /** Whether the first way has led to a confirmed stop in no time. */
    private static boolean confirmed(List<Future<Integer>> presses) throws InterruptedException {
        try {
            return !presses.isEmpty()
                    && presses.getFirst().get(HEAD_START.toMillis(), TimeUnit.MILLISECONDS) == ExitCode.DONE;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private static int outcome(Future<Integer> press) throws InterruptedException {
        try {
            return press.get();
        } catch (ExecutionException e) {
            return ExitCode.UNREACHABLE;
        }
    }

    /** Every way to a stop; one that cannot be taken does not keep the others from being tried. */
    private List<ServerConnection> ways(Optional<ServerFile> server, Optional<Secret> token) throws ConfigException {
        var ways = new ArrayList<ServerConnection>();
        if (server.isPresent() && (token.isPresent() || server.get().socket().isPresent())) {
            ways.add(ServerOptions.local(server.get(), token));
        }
        for (var address : options().urls()) {
            try {
                if (token.isPresent()) {
                    ways.add(ServerOptions.to(address, token.get()));
                }
            } catch (ConfigException e) {
                say(0, Printable.of(address) + " is left out: " + e.getMessage());
            }
        }
        if (ways.isEmpty() && token.isEmpty()) {
            throw new ConfigException("NOT STOPPED: no token; set GATEHOUSE_TOKEN, or name a file with --token-file");
        }
        return ways;
    }

    private Optional<ServerFile> localServer() {
        try {
            return Optional.of(options().localServer());
        } catch (NoServerException e) {
            if (options().urls().isEmpty()) {
                say(0, String.valueOf(e.getMessage()));
            }
            return Optional.empty();
        }
    }

    private Optional<Secret> token(boolean needed) {
        try {
            return needed ? options().token(terminal()) : options().givenToken();
        } catch (ConfigException e) {
            say(0, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private int press(ServerConnection way, Call call) throws InterruptedException {
        try {
            return said(way, way.stop(call, PATIENCE));
        } catch (IOException e) {
            return say(ExitCode.UNREACHABLE, Printable.of(way.name()) + " does not answer");
        }
    }

    private Call request() {
        var text = String.join(" ", reason);
        return text.isBlank()
                ? Call.post("/v1/estop")
                : Call.post(
                        "/v1/estop",
                        Json.object().put("reason", text.substring(0, Math.min(text.length(), LONGEST_REASON))));
    }

    /** The status alone says whether it worked; the rest is told as far as it can be read. */
    private synchronized int said(ServerConnection way, Answer answer) {
        var name = Printable.of(way.name());
        if (!answer.ok()) {
            return say(
                    answer.status() == 401 ? ExitCode.NO_RIGHT : ExitCode.UNREACHABLE,
                    name + " answered " + answer.status() + because(Printable.of(answer.detail())));
        }
        var confirmed = answer.body().path("stop").path("acked").asBoolean(false);
        if (json) {
            print(answer.body());
        } else {
            out().println("stopped    " + name + "  latch " + word(answer.body(), "latch_id")
                    + (confirmed ? "  confirmed by the robot" : "  NOT CONFIRMED by the robot: go and look"));
        }
        out().flush();
        return confirmed ? ExitCode.DONE : ExitCode.NOT_DONE;
    }
}
