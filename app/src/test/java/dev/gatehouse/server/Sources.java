package dev.gatehouse.server;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;

/** Addresses to come from: a server throttles each source by itself, and every address in 127/8 is one. */
final class Sources {
    private static final AtomicInteger LAST = new AtomicInteger();

    private Sources() {}

    static InetAddress fresh() {
        var n = LAST.incrementAndGet();
        try {
            return InetAddress.getByAddress(new byte[] {127, 1, (byte) (n >> 8), (byte) n});
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }
}
