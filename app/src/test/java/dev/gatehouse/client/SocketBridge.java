package dev.gatehouse.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Puts a Unix socket in front of a server that listens on a port. */
public final class SocketBridge {
    private SocketBridge() {}

    /** Hands every connection on, until the socket is closed. */
    public static void start(ServerSocketChannel socket, String url) {
        var target = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), URI.create(url).getPort());
        Thread.ofVirtual().start(() -> {
            while (socket.isOpen()) {
                try {
                    var caller = socket.accept();
                    var there = SocketChannel.open(target);
                    Thread.ofVirtual().start(() -> copy(caller, there));
                    Thread.ofVirtual().start(() -> copy(there, caller));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private static void copy(SocketChannel from, SocketChannel to) {
        try (from;
                to) {
            Channels.newInputStream(from).transferTo(Channels.newOutputStream(to));
        } catch (IOException e) {
            // One side hung up.
        }
    }
}
