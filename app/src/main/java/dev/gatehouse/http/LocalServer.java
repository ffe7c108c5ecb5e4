package dev.gatehouse.http;

import dev.gatehouse.time.Ticker;
import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.context.Context;
import io.helidon.common.socket.NioSocket;
import io.helidon.common.socket.SocketWriter;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.Router;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The same HTTP as {@link StrictServer}, on a Unix socket, where the kernel says which user calls (D2.3).
 *
 * <p>The library can listen on such a socket, but gives nobody the connection to ask the kernel about; so connections are accepted
 * here, asked for their peer, and handed to the library's protocol with it.
 */
public final class LocalServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalServer.class);
    private static final int MAX_CONNECTIONS = 256;

    private final Path path;
    private final ServerSocketChannel socket;
    private final WatchedConnections connections;
    private final LocalConnection.Listener listener;
    private final Router router;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(MAX_CONNECTIONS);
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private LocalServer(Path path, ServerSocketChannel socket, Handler handler, DirectHandlers refusals) {
        this.path = path;
        this.socket = socket;
        this.connections =
                new WatchedConnections(StrictServer.http1(), new SourceCap(MAX_CONNECTIONS, Set.of()), Ticker.system());
        this.router =
                Router.builder().addRouting(HttpRouting.builder().any(handler)).build();
        this.listener = new LocalConnection.Listener(
                Context.create(),
                MediaContext.create(),
                ContentEncodingContext.create(),
                refusals,
                ListenerConfig.builder()
                        .errorHandling(errors -> errors.includeEntity(true))
                        .buildPrototype(),
                threads);
    }

    /**
     * Starts to listen. A socket that a server left behind which is gone is replaced.
     *
     * @param handler of every request, whatever its method and path
     * @param refusals answers to what never becomes a request
     * @throws IOException if the socket cannot be made, or another server listens on it
     */
    public static LocalServer start(Path path, Handler handler, DirectHandlers refusals) throws IOException {
        removeLeftover(path);
        var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.bind(UnixDomainSocketAddress.of(path));
            // Who may connect is settled by the directory; what they may do, by who they are.
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw new IOException("cannot listen on " + path, e);
        }
        var server = new LocalServer(path, socket, handler, refusals);
        Thread.ofPlatform().name("local-acceptor").daemon().start(server::accept);
        return server;
    }

    private static void removeLeftover(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            var _ = probe.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            Files.delete(path);
            return;
        }
        throw new IOException("another server listens on " + path);
    }

    /** Where it listens. */
    public Path path() {
        return path;
    }

    private void accept() {
        while (socket.isOpen()) {
            try {
                places.acquire();
                var connection = socket.accept();
                open.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                places.release();
                if (socket.isOpen()) {
                    LOG.warn("local socket: a connection could not be taken");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            var user = connection.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
            var stream = NioSocket.server(connection, "local", path.toString());
            var context = LocalConnection.over(stream, listener, router, SocketWriter.create(stream));
            connections.connection(context, user).handle(FixedLimit.create());
        } catch (IOException | RuntimeException e) {
            // The library says by exceptions that a peer is done, or has left, or sent what is no HTTP.
            LOG.trace("a local connection ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
            places.release();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        Files.deleteIfExists(path);
        for (var connection : open) {
            connection.close();
        }
        threads.shutdownNow();
        connections.close();
    }
}
