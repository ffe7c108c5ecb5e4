package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.gate.PrivateFile;
import dev.gatehouse.http.Addresses;
import dev.gatehouse.http.HostNames;
import dev.gatehouse.http.TlsFiles;
import dev.gatehouse.web.Listen;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Who can reach a server, and what keeps strangers on the way from listening: bearers and model keys go over TLS, or stay on this
 * machine (threats.md T25.1).
 *
 * @param understandPublic the operator said that the proxy in front provides TLS
 */
record Exposure(
        String host,
        List<String> trustedProxies,
        @Nullable Path certificate,
        @Nullable Path key,
        boolean understandPublic) {

    /**
     * Where to listen.
     *
     * @throws ConfigException if others could listen in, or a file cannot be used
     */
    Listen listen(int port, Set<String> allowedHosts, Set<String> allowedOrigins) throws ConfigException {
        var proxies = proxies();
        var tls = tls();
        if (!HostNames.isLoopback(host) && tls.isEmpty() && !(understandPublic && !proxies.isEmpty())) {
            throw new ConfigException(host + " is reachable from other machines, and there is no TLS here. Keep"
                    + " 127.0.0.1 and put Tailscale or a TLS proxy in front; or give --tls-cert and --tls-key; or, if a"
                    + " proxy on another machine provides TLS, its address with --trusted-proxy and"
                    + " --i-understand-public.");
        }
        return new Listen(host, port, allowedHosts, allowedOrigins, proxies, tls);
    }

    private Set<String> proxies() throws ConfigException {
        var out = new HashSet<String>();
        for (var proxy : trustedProxies) {
            out.add(
                    Addresses.literal(proxy)
                            .orElseThrow(
                                    () -> new ConfigException(
                                            "--trusted-proxy: " + proxy
                                                    + " is no address such as 127.0.0.1; names are not taken, because what they mean may change")));
        }
        return out;
    }

    private Optional<SSLContext> tls() throws ConfigException {
        if (certificate == null && key == null) {
            return Optional.empty();
        }
        if (certificate == null || key == null) {
            throw new ConfigException("--tls-cert and --tls-key belong together; give both");
        }
        PrivateFile.check(key);
        return Optional.of(TlsFiles.read(certificate, key));
    }
}
