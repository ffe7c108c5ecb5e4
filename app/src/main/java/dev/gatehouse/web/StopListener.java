package dev.gatehouse.web;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.gate.Credentials;
import dev.gatehouse.gate.FailureThrottle;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.http.Addresses;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Interlock;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * A door for the stop alone: its own port, its own kernel threads, its own small parser (D3.2).
 *
 * <p>It shares nothing with the main server, whose virtual threads all wait for the same few carriers: however many of
 * those are busy, a stop here only waits for the kernel. Connections that say nothing are dropped, oldest first, when a
 * new one needs their place.
 */
public final class StopListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopListener.class);
    private static final int MAX_CONNECTIONS = 64;
    private static final Duration MAX_READ = Duration.ofSeconds(2);

    private final ServerSocket socket;
    private final Supplier<Credentials> credentials;
    private final Interlock interlock;
    private final Consumer<AuditEntry> audit;
    /** Counts failures and closes to nobody: a stop is never throttled (threats.md T7.3). */
    private final FailureThrottle failures = new FailureThrottle(Ticker.system(), 0);

    private final Ids ids = new Ids();
    private final LinkedBlockingDeque<Socket> waiting = new LinkedBlockingDeque<>();

    private StopListener(
            ServerSocket socket, Supplier<Credentials> credentials, Interlock interlock, Consumer<AuditEntry> audit) {
        this.socket = socket;
        this.credentials = credentials;
        this.interlock = interlock;
        this.audit = audit;
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for any free one
     * @param sockets plain ones, or such as prove who the server is
     * @param audit takes note of wrong tokens; must not block
     * @throws IOException if the port cannot be had
     */
    public static StopListener start(
            InetAddress address,
            int port,
            ServerSocketFactory sockets,
            Supplier<Credentials> credentials,
            Interlock interlock,
            Consumer<AuditEntry> audit)
            throws IOException {
        var socket = sockets.createServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(address, port), 1024);
        var listener = new StopListener(socket, credentials, interlock, audit);
        Thread.ofPlatform().name("stop-acceptor").daemon().start(listener::accept);
        return listener;
    }

    public int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                waiting.add(connection);
                if (waiting.size() > MAX_CONNECTIONS) {
                    close(waiting.poll());
                }
                Thread.ofPlatform().name("stop-request").daemon().start(() -> serve(connection));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    LOG.warn("stop listener: a connection could not be taken");
                }
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            var head = StopRequest.read(connection, MAX_READ);
            // From here on it is not idle any more, so it is not dropped for another.
            waiting.remove(connection);
            connection.getOutputStream().write(answer(head, connection).getBytes(StandardCharsets.UTF_8));
            connection.getOutputStream().flush();
            connection.shutdownOutput();
        } catch (IOException e) {
            LOG.debug("stop listener: a connection broke");
        } finally {
            waiting.remove(connection);
        }
    }

    private String answer(Optional<StopRequest> request, Socket connection) {
        if (request.isEmpty()) {
            return refused(Refusal.Code.BAD_REQUEST, "malformed request");
        }
        if (!request.get().isStop()) {
            return refused(Refusal.Code.NOT_FOUND, "only POST /v1/estop is served here");
        }
        Optional<Principal> who = request.get().token().flatMap(credentials.get()::authenticate);
        return who.map(principal -> interlock.stop(principal.caller(), "stop listener"))
                .map(report -> response("200 OK", "application/json", requestId(), report.json()))
                .orElseGet(() -> unknown(connection));
    }

    private String unknown(Socket connection) {
        var source = Addresses.of(connection.getRemoteSocketAddress());
        Authentication.failed(failures.failed(source), source, "unknown bearer on the stop listener")
                .ifPresent(audit);
        return refused(Refusal.Code.UNAUTHORIZED, Authentication.UNKNOWN);
    }

    private String refused(Refusal.Code code, String detail) {
        var id = requestId();
        var body = Problems.document(Refusal.of(code, detail), id);
        var challenge = code == Refusal.Code.UNAUTHORIZED ? "\r\nWWW-Authenticate: Bearer realm=\"gatehouse\"" : "";
        return response(code.status() + " " + code.title() + challenge, "application/problem+json", id, body);
    }

    /** Only ever minted when the stop has been sent. */
    private String requestId() {
        return ids.mint(Ids.Kind.REQUEST);
    }

    private static String response(String status, String mediaType, String requestId, JsonNode body) {
        var text = Json.line(body);
        return "HTTP/1.1 " + status + "\r\nContent-Type: " + mediaType + "\r\nX-Request-Id: " + requestId
                + "\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nContent-Length: "
                + text.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n\r\n" + text;
    }

    private static void close(@Nullable Socket connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            LOG.debug("stop listener: a dropped connection was broken already");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (var connection = waiting.poll(); connection != null; connection = waiting.poll()) {
            close(connection);
        }
    }
}
