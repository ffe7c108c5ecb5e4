package dev.gatehouse.http;

import dev.gatehouse.time.Ticker;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import java.io.UncheckedIOException;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection and the time it has for what it is at. All its requests are served by the one thread it runs on. */
public final class WatchedConnection implements ServerConnection, InterruptableTask<Void> {
    /** Time for the whole head of a request, counted from when the connection was ready for it (3.3 step 1). */
    public static final Duration HEAD = Duration.ofSeconds(5);

    /** How long a connection that is to be closed may take to take its last answer. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(WatchedConnection.class);
    private static final ScopedValue<WatchedConnection> CURRENT = ScopedValue.newInstance();
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final MeteredContext context;
    private final ServerConnection protocol;
    private final Optional<UserPrincipal> user;
    private final Set<WatchedConnection> open;
    private final SourceCap cap;
    private final Ticker ticker;
    private final long origin;
    private volatile long limit = NO_LIMIT;
    /** Another thread reads from the connection until it is closed. Used by the connection's own thread only. */
    private boolean inputTaken;

    WatchedConnection(
            MeteredContext context,
            ServerConnection protocol,
            Optional<UserPrincipal> user,
            Set<WatchedConnection> open,
            SourceCap cap,
            Ticker ticker) {
        this.context = context;
        this.protocol = protocol;
        this.user = user;
        this.open = open;
        this.cap = cap;
        this.ticker = ticker;
        this.origin = ticker.nanoTime();
    }

    /**
     * The connection of the request that this thread serves.
     *
     * @throws java.util.NoSuchElementException if this thread serves none
     */
    public static WatchedConnection current() {
        return CURRENT.get();
    }

    @Override
    public void handle(Limit requests) throws InterruptedException {
        var source = Addresses.of(context.remotePeer().address());
        if (!cap.enter(source)) {
            LOG.debug("an address has as many connections as it may");
            return;
        }
        open.add(this);
        try {
            within(HEAD);
            ScopedValue.where(CURRENT, this).<Void, InterruptedException>call(() -> {
                protocol.handle(requests);
                return null;
            });
        } finally {
            open.remove(this);
            cap.leave(source);
        }
    }

    /** Closes the connection unless {@link #calm()} or another limit comes within the given time. */
    public void within(Duration time) {
        limit = ticker.nanoTime() - origin + time.toNanos();
    }

    /** Takes the limit away. */
    public void calm() {
        limit = NO_LIMIT;
    }

    void closeIfLate() {
        if (ticker.nanoTime() - origin > limit) {
            limit = NO_LIMIT;
            cut();
        }
    }

    /** Closes the connection at once, whatever is on its way; any thread may. */
    public void cut() {
        try {
            context.serverSocket().close();
        } catch (UncheckedIOException e) {
            LOG.debug("a connection to close was broken already");
        }
    }

    /** Which user of this machine the kernel says is on the other side; empty on a connection over the network. */
    public Optional<UserPrincipal> user() {
        return user;
    }

    /** How many bytes of the request are here already, so that reading them does not wait for anybody. */
    public int arrived() {
        return context.dataReader().available();
    }

    /**
     * Ends the connection after its last answer. What still comes is thrown away for a moment, because closing a socket on
     * unread bytes makes the peer's machine drop the answer it has not read yet.
     *
     * @return to be thrown: the server goes on with the bytes of the body as if they were a request otherwise, whatever
     *     the answer said about closing
     */
    public CloseConnectionException end() {
        if (!inputTaken) {
            within(LINGER);
            drain();
        }
        return new CloseConnectionException("the last answer was sent");
    }

    private void drain() {
        var reader = context.dataReader();
        try {
            while (true) {
                reader.skip(reader.available());
                reader.pullData();
            }
        } catch (InsufficientDataAvailableException | ServerConnectionException e) {
            LOG.trace("the peer has closed as well, or its time is over");
        }
    }

    /**
     * Reads from the connection for at most the given time. Its thread is free to answer when the time is over; the
     * connection must be ended then, because something still reads from it.
     *
     * @param bytes how much is taken from the connection meanwhile
     * @throws TimeoutException if the time is over
     * @throws ExecutionException with what the reading threw
     */
    <T> T read(Callable<T> reading, Duration atMost, long bytes)
            throws TimeoutException, ExecutionException, InterruptedException {
        context.input().allow(bytes);
        var task = new FutureTask<>(reading);
        Thread.ofVirtual().name("body").start(task);
        var read = false;
        try {
            var value = task.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            read = true;
            return value;
        } finally {
            inputTaken = !read && !task.isDone();
            if (!inputTaken) {
                context.input().allowAll();
            }
        }
    }

    /**
     * Notices that the peer closes the connection while nothing is sent to it. The connection must not carry another
     * request afterwards, because something may still be reading from it.
     *
     * @return completes when the peer has closed its side
     */
    public CompletableFuture<Void> hungUp() {
        inputTaken = true;
        var gone = new CompletableFuture<Void>();
        Thread.ofVirtual().name("hang-up").start(() -> listen(gone));
        return gone;
    }

    private void listen(CompletableFuture<Void> gone) {
        try {
            context.dataReader().pullData();
            LOG.debug("a peer sends more while it waits; whether it leaves is not watched any more");
        } catch (InsufficientDataAvailableException | ServerConnectionException e) {
            gone.complete(null);
        }
    }

    @Override
    public boolean canInterrupt() {
        return protocol instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public Duration idleTime() {
        return protocol.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        protocol.close(interrupt);
    }
}
