package dev.gatehouse.web;

import java.util.Set;

/**
 * Where a server listens and for whom.
 *
 * @param port 0 for any free one
 * @param allowedHosts names beyond loopback that a Host header may have
 * @param allowedOrigins origins whose pages may call
 */
public record Listen(String host, int port, Set<String> allowedHosts, Set<String> allowedOrigins) {
    public Listen {
        allowedHosts = Set.copyOf(allowedHosts);
        allowedOrigins = Set.copyOf(allowedOrigins);
    }
}
