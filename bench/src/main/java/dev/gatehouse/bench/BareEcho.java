package dev.gatehouse.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** The least a stop over the network can be: accept a connection, read a byte on a thread of its own, look at the clock. */
final class BareEcho implements AutoCloseable {
    private final ServerSocket socket;
    private final AtomicLong readAt = new AtomicLong();

    private BareEcho(ServerSocket socket) {
        this.socket = socket;
    }

    static BareEcho start() throws IOException {
        var echo = new BareEcho(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofPlatform().name("bare-acceptor").daemon().start(echo::accept);
        return echo;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                Thread.ofPlatform().name("bare-echo").daemon().start(() -> serve(connection));
            } catch (IOException e) {
                // Closed: the loop ends.
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var read = connection.getInputStream().read();
            readAt.set(System.nanoTime());
            connection.getOutputStream().write(read);
        } catch (IOException e) {
            readAt.set(System.nanoTime());
        }
    }

    /** From before the connection is made until the byte is read at the other side. */
    long once() throws IOException {
        var from = System.nanoTime();
        try (var connection = new Socket(InetAddress.getLoopbackAddress(), socket.getLocalPort())) {
            connection.setTcpNoDelay(true);
            connection.getOutputStream().write('!');
            var _ = connection.getInputStream().read();
            return readAt.get() - from;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
