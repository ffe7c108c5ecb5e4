package dev.gatehouse.rest;

import dev.gatehouse.http.HostNames;
import java.util.Optional;
import java.util.Set;

/**
 * Where the bridge listens and for whom.
 *
 * @param port 0 for any free one
 * @param allowedHosts names beyond loopback and {@code host} that a Host header may have
 * @param allowedOrigins origins beyond loopback whose pages may call, and may read the answers
 * @param bearer needed by every request if it is there
 */
public record RestConfig(
        String host, int port, Set<String> allowedHosts, Set<String> allowedOrigins, Optional<Bearer> bearer) {
    /**
     * Checks that nobody is let in from other machines without a bearer.
     *
     * @throws IllegalArgumentException if somebody would be
     */
    public RestConfig {
        allowedHosts = Set.copyOf(allowedHosts);
        allowedOrigins = Set.copyOf(allowedOrigins);
        if (bearer.isEmpty() && !HostNames.isLoopback(host)) {
            throw new IllegalArgumentException("beyond loopback a bearer is needed");
        }
    }
}
