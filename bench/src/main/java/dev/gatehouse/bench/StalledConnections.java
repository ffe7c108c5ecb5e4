package dev.gatehouse.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Connections that begin a request and never end it. What the server drops is opened again. */
final class StalledConnections implements AutoCloseable {
    /** Shorter than the silence a server allows, so that each byte buys the connection more time. */
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Socket[] sockets;
    private final int port;
    private final Thread keeper;

    private StalledConnections(int count, int port) {
        this.sockets = new Socket[count];
        this.port = port;
        this.keeper = Thread.ofPlatform().name("stalled-" + port).daemon().unstarted(this::keep);
    }

    /** Returns when all of them are open. */
    static StalledConnections open(int count, int port) throws IOException {
        var connections = new StalledConnections(count, port);
        for (var i = 0; i < count; i++) {
            connections.sockets[i] = connections.begun();
        }
        connections.keeper.start();
        return connections;
    }

    private Socket begun() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write("POST /v1/estop HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void keep() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(PERIOD);
            } catch (InterruptedException e) {
                return;
            }
            for (var i = 0; i < sockets.length; i++) {
                sockets[i] = kept(sockets[i]);
            }
        }
    }

    private Socket kept(Socket socket) {
        try {
            if (socket.getInputStream().available() == 0) {
                socket.getOutputStream().write('x');
                return socket;
            }
            // An answer: the server is done with this one.
            socket.close();
            return begun();
        } catch (IOException e) {
            return again(socket);
        }
    }

    private Socket again(Socket broken) {
        try {
            broken.close();
            return begun();
        } catch (IOException e) {
            // Full for the moment; the next round tries again.
            return broken;
        }
    }

    @Override
    public void close() throws IOException {
        keeper.interrupt();
        for (var socket : sockets) {
            socket.close();
        }
    }
}
