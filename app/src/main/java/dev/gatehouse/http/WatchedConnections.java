package dev.gatehouse.http;

import dev.gatehouse.time.Ticker;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections that take too long over what they are at: the head of a request, or reading what is sent to them
 * (threats.md T12.1, T12.2). The server has a read time-out, which has no effect on the channels it reads from; and one byte
 * now and then would satisfy it for ever.
 */
final class WatchedConnections implements ServerConnectionSelector, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedConnections.class);
    /** How late a connection may be found to be late. */
    private static final Duration ROUND = Duration.ofMillis(200);

    private final ServerConnectionSelector protocol;
    private final Ticker ticker;
    private final SourceCap cap;
    private final Set<WatchedConnection> open = ConcurrentHashMap.newKeySet();
    private final Thread rounds;

    WatchedConnections(ServerConnectionSelector protocol, SourceCap cap, Ticker ticker) {
        this.protocol = protocol;
        this.cap = cap;
        this.ticker = ticker;
        this.rounds = Thread.ofPlatform().name("connection-watch").daemon().start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                ticker.sleep(ROUND);
                open.forEach(WatchedConnection::closeIfLate);
            }
        } catch (InterruptedException e) {
            LOG.trace("no more rounds");
        }
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return watched(context, Optional.empty());
    }

    /** A connection of a user of this machine. */
    WatchedConnection connection(ConnectionContext context, UserPrincipal user) {
        return watched(context, Optional.of(user));
    }

    private WatchedConnection watched(ConnectionContext context, Optional<UserPrincipal> user) {
        var metered = MeteredContext.of(context);
        return new WatchedConnection(metered, protocol.connection(metered), user, open, cap, ticker);
    }

    @Override
    public int bytesToIdentifyConnection() {
        return protocol.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return protocol.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return protocol.supportedApplicationProtocols();
    }

    @Override
    public void close() {
        rounds.interrupt();
    }
}
