package dev.gatehouse.web;

import dev.gatehouse.dispatch.Refusal;
import io.helidon.http.HeaderNames;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Whom a request says it is for and where it comes from: keeps browsers of strangers out (threats.md T11.2, T7.4). */
final class HostRules {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> TOKEN_PARAMETERS =
            Set.of("token", "access_token", "api_key", "apikey", "key", "authorization", "bearer");

    private final Set<String> hosts;
    private final Set<String> origins;

    HostRules(Set<String> moreHosts, Set<String> origins) {
        var all = new HashSet<>(LOOPBACK);
        moreHosts.forEach(host -> all.add(host.toLowerCase(Locale.ROOT)));
        this.hosts = Set.copyOf(all);
        this.origins = Set.copyOf(origins);
    }

    void check(Exchange exchange) throws RefusedException {
        var host = exchange.headers(HeaderNames.HOST);
        if (host.size() != 1) {
            throw new RefusedException(Refusal.Code.BAD_REQUEST, "exactly one Host header is needed");
        }
        if (!hosts.contains(name(host.getFirst()))) {
            throw new RefusedException(Refusal.Code.MISDIRECTED, "Host not allowed; see --allow-host");
        }
        for (var origin : exchange.headers(HeaderNames.ORIGIN)) {
            if (!origins.contains(origin)) {
                throw new RefusedException(Refusal.Code.ORIGIN_DENIED, "Origin not allowed; see --allow-origin");
            }
        }
        for (var parameter : exchange.request().query().names()) {
            if (TOKEN_PARAMETERS.contains(parameter.toLowerCase(Locale.ROOT))) {
                throw new RefusedException(Refusal.Code.TOKEN_IN_URL, "a token belongs into the Authorization header");
            }
        }
    }

    private static String name(String host) {
        var end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        return (end <= 0 ? host : host.substring(0, end)).toLowerCase(Locale.ROOT);
    }
}
