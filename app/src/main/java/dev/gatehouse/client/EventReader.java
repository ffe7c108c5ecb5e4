package dev.gatehouse.client;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.time.Ticker;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/** Reads one stream of events on a thread of its own and tells what it reads, until it is closed or the stream ends. */
final class EventReader implements AutoCloseable {
    /** Four times the longest line a server writes (D4.1). */
    private static final int MAX_LINE = 1 << 20;

    /** Hears what was read; may make the reader wait. */
    interface Listener {
        void heard(EventReader from, News news) throws InterruptedException;
    }

    private final ServerConnection server;
    private final Listener listener;
    private final Thread thread;

    private EventReader(ServerConnection server, Call call, Duration pause, Listener listener) {
        this.server = server;
        this.listener = listener;
        this.thread = Thread.ofVirtual().unstarted(() -> read(call, pause));
    }

    /** Sends a request after a pause, and reads what it answers. */
    static EventReader start(ServerConnection server, Call call, Duration pause, Listener listener) {
        var reader = new EventReader(server, call, pause, listener);
        reader.thread.start();
        return reader;
    }

    private void read(Call call, Duration pause) {
        try {
            Ticker.system().sleep(pause);
            listener.heard(this, lastNews(call));
        } catch (InterruptedException e) {
            // It was closed; nobody wants to hear of it any more.
        }
    }

    /** Tells everything but the last. */
    private News lastNews(Call call) throws InterruptedException {
        try (var response = server.open(call)) {
            if (response.status() != 200) {
                return new News.Refused(ServerConnection.read(response));
            }
            listener.heard(
                    this, new News.Opened(response.header("gatehouse-task").orElse("")));
            var body = new BufferedInputStream(response.body());
            for (var line = line(body); line.isPresent(); line = line(body)) {
                var event = Json.read(line.get());
                if (!event.isObject()) {
                    return new News.Garbled("a line of the stream is no JSON object");
                }
                listener.heard(this, new News.Event(event));
            }
            return new News.Broken("the stream ended before the task did");
        } catch (MalformedJsonException e) {
            return new News.Garbled("a line of the stream is no JSON");
        } catch (ProtocolException e) {
            return new News.Garbled(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new News.Broken("no server answers");
        }
    }

    /** The next whole line; what stands after the last line end was cut off on the way and comes again. */
    private static Optional<byte[]> line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return Optional.empty();
            }
            if (line.size() == MAX_LINE) {
                throw new ProtocolException("a line of the stream is longer than any event");
            }
            line.write(b);
        }
        return Optional.of(line.toByteArray());
    }

    /** Hangs up: whatever the thread waits for is given up. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
