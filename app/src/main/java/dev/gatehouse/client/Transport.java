package dev.gatehouse.client;

import java.io.IOException;
import java.time.Duration;

/** A way to a server: over the network, or over the socket of this machine. */
sealed interface Transport permits Network, LocalSocket {
    /**
     * Sends one request on a connection of its own.
     *
     * @param patience until the head of the answer is there
     * @throws IOException if nothing answers in time
     */
    Response open(Call call, Duration patience) throws IOException, InterruptedException;
}
