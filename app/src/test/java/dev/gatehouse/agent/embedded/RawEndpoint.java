package dev.gatehouse.agent.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;

/** A model endpoint at the level of connections: it gives every request the same stream and counts who connects and who leaves. */
@NullMarked
final class RawEndpoint implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final byte[] answer;

    RawEndpoint(String stream) throws IOException {
        var body = stream.getBytes(StandardCharsets.UTF_8);
        var head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: %d\r\n\r\n"
                .formatted(body.length);
        answer = (head + stream).getBytes(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    int connections() {
        return connections.get();
    }

    /** How many clients closed their connection between two requests. */
    int closedByClient() {
        return closed.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            while (request(in)) {
                socket.getOutputStream().write(answer);
            }
            closed.incrementAndGet();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one request; false at the end of the connection. */
    private static boolean request(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var b = in.read();
            if (b < 0) {
                return false;
            }
            head.append((char) b);
        }
        var lower = head.toString().toLowerCase(Locale.ROOT);
        var at = lower.indexOf("content-length: ") + "content-length: ".length();
        in.readNBytes(Integer.parseInt(lower.substring(at, lower.indexOf("\r\n", at))));
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
