package dev.gatehouse.web;

import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * Where a server listens and for whom.
 *
 * @param port 0 for any free one
 * @param allowedHosts names beyond loopback that a Host header may have
 * @param allowedOrigins origins whose pages may call
 * @param trustedProxies addresses whose word is taken for where a request comes from; in the spelling of {@code Addresses}
 * @param tls what proves who the server is; plain HTTP without it
 */
public record Listen(
        String host,
        int port,
        Set<String> allowedHosts,
        Set<String> allowedOrigins,
        Set<String> trustedProxies,
        Optional<SSLContext> tls) {
    public Listen {
        allowedHosts = Set.copyOf(allowedHosts);
        allowedOrigins = Set.copyOf(allowedOrigins);
        trustedProxies = Set.copyOf(trustedProxies);
    }

    /** Plain HTTP, and no proxy. */
    public Listen(String host, int port, Set<String> allowedHosts, Set<String> allowedOrigins) {
        this(host, port, allowedHosts, allowedOrigins, Set.of(), Optional.empty());
    }
}
