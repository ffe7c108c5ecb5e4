package dev.gatehouse.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.context.Context;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.DirectHandlers;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;

/** What the HTTP library wants to know of a connection that it did not accept itself. */
record LocalConnection(
        ListenerContext listenerContext,
        Router router,
        HelidonSocket serverSocket,
        DataReader dataReader,
        DataWriter dataWriter)
        implements ConnectionContext {

    /** A connection that is read and written without a queue. */
    static LocalConnection over(HelidonSocket socket, ListenerContext listener, Router router, DataWriter writer) {
        return new LocalConnection(listener, router, socket, DataReader.create(() -> read(socket)), writer);
    }

    private static byte[] read(HelidonSocket socket) {
        try {
            return socket.get();
        } catch (UncheckedIOException e) {
            // What the library takes for a peer that left, and not for a defect.
            throw new ServerConnectionException("the connection broke", e);
        }
    }

    /** What the library wants to know of a listener that is not its own. */
    record Listener(
            Context context,
            MediaContext mediaContext,
            ContentEncodingContext contentEncodingContext,
            DirectHandlers directHandlers,
            ListenerConfig config,
            ExecutorService executor)
            implements ListenerContext {}

    @Override
    public ExecutorService executor() {
        return listenerContext.executor();
    }

    @Override
    public PeerInfo remotePeer() {
        return serverSocket.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return serverSocket.localPeer();
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public String socketId() {
        return serverSocket.socketId();
    }

    @Override
    public String childSocketId() {
        return serverSocket.childSocketId();
    }
}
