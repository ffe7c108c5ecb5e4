package dev.gatehouse.toolserver;

import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Progress;
import dev.gatehouse.robot.StopChannel;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.time.TimeLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The stop of a robot behind a tool server: the server's own tool {@code estop}, before everything else that is waiting to be said to
 * it, and what it has been doing is taken back (D16.6). It is confirmed when the server answers that the stop is done.
 */
public final class ServerStop implements StopChannel {
    static final String STOP = "estop";
    static final String RELEASE = "estop_clear";

    private static final Duration RELEASE_LIMIT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final ToolServer server;
    private final boolean moves;
    private final Optional<CommandsFile> commands;
    private final BooleanSupplier withCommands;
    private final Ticker ticker;
    private @Nullable Asked asked;

    /** A stop that the server was asked for, and what may have moved until then. */
    private static final class Asked {
        private final Pending request;
        private final long motions;
        private boolean confirmed;

        Asked(Pending request, long motions) {
            this.request = request;
            this.motions = motions;
        }
    }

    /**
     * The channel of one server.
     *
     * @param moves whether anybody may have this server move anything; if not, there is nothing to stop
     * @param home where the commands file is; empty if the server has no home
     * @param withCommands whether the commands file is to be used, by the policy as it is then
     */
    public ServerStop(
            ToolServer server, boolean moves, Optional<Path> home, BooleanSupplier withCommands, Ticker ticker) {
        this.server = server;
        this.moves = moves;
        this.commands = home.map(CommandsFile::in);
        this.withCommands = withCommands;
        this.ticker = ticker;
    }

    @Override
    public void halt() {
        server.cutMotions();
        if (server.surface().has(STOP)) {
            ask();
        }
        if (withCommands.getAsBoolean()) {
            commands.ifPresent(CommandsFile::stop);
        }
    }

    /** A repeated stop waits for the answer to the last one, unless something was begun or the process ended since. */
    private synchronized void ask() {
        if (asked != null && !asked.request.settled() && asked.motions == server.motions()) {
            return;
        }
        var next = new Asked(server.atOnce(STOP, Json.object()), server.motions());
        asked = next;
        next.request.whenSettled(reply -> answered(next, reply));
    }

    private void answered(Asked question, Reply reply) {
        if (!(reply instanceof Reply.Result(var result)) || !done(result)) {
            return;
        }
        synchronized (this) {
            question.confirmed = true;
        }
        server.motionsOver();
    }

    private static boolean done(tools.jackson.databind.node.ObjectNode result) {
        return !result.path("isError").asBoolean(false)
                && result.path("structuredContent").path("ok").asBoolean(true);
    }

    @Override
    public boolean answers() {
        return server.answers();
    }

    @Override
    public synchronized boolean halted() {
        return !moves || (asked != null && asked.confirmed);
    }

    /** Has the server leave its own stop, if it has one that must be left. */
    @Override
    public Optional<String> release() {
        if (!moves || !server.surface().has(RELEASE)) {
            return Optional.empty();
        }
        // Whoever gets here may clear, which is what a person is asked for.
        var cleared = server.agreed(RELEASE, Json.object());
        var answer = new TimeLimit(ticker, PATIENCE)
                .run(
                        () -> server.atOnce(RELEASE, cleared).await(Progress.none()),
                        Deadline.in(RELEASE_LIMIT, ticker),
                        () -> {});
        return answer instanceof TimeLimit.Result.Done<Reply>(Reply.Result(var result)) && done(result)
                ? Optional.empty()
                : Optional.of("tool_server_refused");
    }
}
