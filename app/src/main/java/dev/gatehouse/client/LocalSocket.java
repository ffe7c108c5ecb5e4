package dev.gatehouse.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * HTTP over the Unix socket of a server on this machine, which the JDK's client cannot reach. One request a connection, so that the
 * end of the connection is the end of the answer; nothing of HTTP is spoken that Gatehouse does not answer with.
 */
record LocalSocket(Path socket) implements Transport {
    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 100;

    @Override
    @SuppressWarnings("resource") // The answer closes it.
    public Response open(Call call, Duration patience) throws IOException {
        var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        var answered = new CompletableFuture<Void>();
        // A channel has no time limit of its own; closing it ends whatever waits for it.
        var _ = answered.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> closed(channel));
        try {
            send(channel, call);
            var in = new BufferedInputStream(Channels.newInputStream(channel));
            var status = status(line(in));
            var headers = headers(in);
            answered.complete(null);
            return new Response(status, headers, body(in, headers), channel::close);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @SuppressWarnings("NullAway") // A Void has no other value.
    private static Void closed(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is of no use any more, closed or not.
        }
        return null;
    }

    private static void send(SocketChannel channel, Call call) throws IOException {
        var body = call.body().orElse("").getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder(call.method() + " " + call.path() + " HTTP/1.1\r\n");
        head.append("Host: localhost\r\nConnection: close\r\n");
        if (call.method().equals("POST")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        call.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        write(channel, head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        write(channel, body);
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        for (var rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
            channel.write(rest);
        }
    }

    private static int status(String line) throws IOException {
        if (!line.matches("HTTP/1\\.1 [2-5][0-9]{2}( .*)?")) {
            throw new ProtocolException("what answers on the local socket does not speak HTTP");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        var headers = new HashMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var colon = line.indexOf(':');
            if (colon < 1 || headers.size() == MAX_HEADERS) {
                throw new ProtocolException("the head of the answer is no head of HTTP");
            }
            headers.putIfAbsent(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static InputStream body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return new ChunkedInput(in);
        }
        var length = headers.getOrDefault("content-length", "");
        if (!length.matches("[0-9]{0,15}")) {
            throw new ProtocolException("the length of the answer is no number");
        }
        return length.isEmpty() ? in : new LimitedInput(in, Long.parseLong(length));
    }

    /** One line of a head, without its end. */
    static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the answer ended early");
            }
            if (line.length() == MAX_LINE) {
                throw new ProtocolException("the head of the answer is too long");
            }
            line.append((char) b);
        }
        return line.toString().stripTrailing();
    }
}
