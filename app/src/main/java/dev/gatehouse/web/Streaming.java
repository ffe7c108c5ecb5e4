package dev.gatehouse.web;

import dev.gatehouse.dispatch.Follower;
import dev.gatehouse.dispatch.StoreUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Sends the log of a task while it grows, line by line, with a heartbeat when there is nothing to say (D4.8). */
final class Streaming {
    private Streaming() {}

    /**
     * Sends until the result was sent or nobody listens any more.
     *
     * @param heartbeat longest silence; also how fast a lost client is noticed
     * @throws IOException if the client is gone
     */
    static void send(Exchange exchange, Follower follower, LineFormat format, Duration heartbeat)
            throws IOException, InterruptedException, StoreUnavailableException {
        try (var out = exchange.stream(format.mediaType())) {
            write(out, format.begin());
            while (!follower.done()) {
                var lines = follower.next(heartbeat);
                if (lines.isEmpty() && !follower.done()) {
                    write(out, format.line(follower.heartbeat()));
                }
                for (var line : lines) {
                    write(out, format.line(line));
                }
            }
        }
    }

    private static void write(OutputStream out, byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }
}
