package dev.gatehouse.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/** Addresses in the one spelling in which they are compared. */
public final class Addresses {
    private Addresses() {}

    /** An IPv4 or IPv6 address; empty for anything else. Names are not looked up. */
    public static Optional<String> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text).getHostAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The address of a peer; a peer without one, such as that of a Unix socket, is named by what it is. */
    public static String of(SocketAddress peer) {
        return peer instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : peer.getClass().getSimpleName();
    }
}
