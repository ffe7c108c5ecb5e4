package dev.gatehouse.web;

import dev.gatehouse.dispatch.Follower;
import dev.gatehouse.dispatch.Line;
import dev.gatehouse.dispatch.StoreUnavailableException;
import dev.gatehouse.http.WatchedConnection;
import dev.gatehouse.tool.Effect;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Sends the log of a task while it grows, line by line, with a heartbeat when there is nothing to say (D4.8). */
final class Streaming {
    /** How long a client may leave what is sent to it unread before it is let go (D4.4). */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How soon a client whose side is closed is written to, and written to again, to see whether it still listens. */
    private static final Duration PROBE = Duration.ofMillis(250);

    private Streaming() {}

    /** The longest silence on the stream of a task: short where the caller's presence matters (D4.8, threats.md T16.2). */
    static Duration heartbeat(Effect effect) {
        return effect == Effect.ACTUATE ? Duration.ofSeconds(1) : Duration.ofSeconds(15);
    }

    /**
     * Sends until the result was sent or nobody listens any more.
     *
     * @param wording how the lines speak
     * @param heartbeat longest silence; also how fast a lost client is noticed
     * @throws IOException if the client is gone
     */
    static void send(Exchange exchange, Follower follower, Wording wording, LineFormat format, Duration heartbeat)
            throws IOException, InterruptedException, StoreUnavailableException {
        if (exchange.wantsHead()) {
            exchange.streamHead(format.mediaType());
            return;
        }
        // Read before the head is sent: a log that cannot be read is refused, not cut off.
        var first = follower.next(Duration.ZERO);
        // The first write to a socket whose peer is gone succeeds, so heartbeats alone notice it a second too late
        // (D11.5).
        var presenceMatters = heartbeat.compareTo(heartbeat(Effect.ACTUATE)) <= 0;
        if (presenceMatters) {
            exchange.closeAfterwards();
        }
        try (var out = exchange.stream(format.mediaType())) {
            var closed = presenceMatters ? WatchedConnection.current().hungUp() : new CompletableFuture<Void>();
            write(out, format.begin());
            say(out, first, wording, format);
            while (!follower.done()) {
                var lines = presenceMatters ? next(follower, heartbeat, closed) : follower.next(heartbeat);
                if (lines.isEmpty() && !follower.done()) {
                    write(out, format.line(wording.say(follower.heartbeat()).orElseThrow()));
                }
                say(out, lines, wording, format);
            }
        }
    }

    private static void say(OutputStream out, List<Line> lines, Wording wording, LineFormat format) throws IOException {
        for (var line : lines) {
            var said = wording.say(line);
            if (said.isPresent()) {
                write(out, format.line(said.get()));
            }
        }
    }

    /** The same as {@link Follower#next}, but a client that has closed its side is not given the whole time. */
    private static List<Line> next(Follower follower, Duration heartbeat, CompletableFuture<Void> closed)
            throws InterruptedException, StoreUnavailableException {
        for (var left = heartbeat; left.isPositive(); left = left.minus(PROBE)) {
            var lines = follower.next(PROBE);
            if (!lines.isEmpty() || follower.done() || closed.isDone()) {
                return lines;
            }
        }
        return List.of();
    }

    /** Writes at once; a client that does not take it in time loses its connection. */
    static void write(OutputStream out, byte[] bytes) throws IOException {
        var connection = WatchedConnection.current();
        connection.within(PATIENCE);
        out.write(bytes);
        out.flush();
        connection.calm();
    }
}
