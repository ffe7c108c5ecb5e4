package dev.gatehouse.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that goes on reading from the server when its caller has vanished, as some do: no end and no reset is ever seen. */
final class HalfOpenProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final List<Socket> callers = new CopyOnWriteArrayList<>();
    private final List<Socket> upstreams = new CopyOnWriteArrayList<>();

    private HalfOpenProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    static HalfOpenProxy to(int port) throws IOException {
        var proxy = new HalfOpenProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** The callers are gone; the server is not told. */
    void loseTheCaller() throws IOException {
        for (var caller : callers) {
            caller.close();
        }
    }

    boolean serverStillConnected() {
        return upstreams.stream().noneMatch(Socket::isClosed);
    }

    private void accept() {
        try {
            while (true) {
                var caller = listener.accept();
                var upstream = new Socket(InetAddress.getLoopbackAddress(), target);
                callers.add(caller);
                upstreams.add(upstream);
                Thread.ofVirtual().start(() -> copy(caller, upstream));
                Thread.ofVirtual().start(() -> copy(upstream, caller));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void copy(Socket from, Socket to) {
        var buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                write(out, buffer, n);
            }
        } catch (IOException e) {
            // The caller is gone, or the test is over; the other direction goes on by itself.
        }
    }

    /** What cannot be handed on is thrown away. */
    private static void write(OutputStream out, byte[] bytes, int length) {
        try {
            out.write(bytes, 0, length);
            out.flush();
        } catch (IOException e) {
            // Nobody is there to read it.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (var socket : upstreams) {
            socket.close();
        }
        loseTheCaller();
    }
}
