package dev.gatehouse.web;

import dev.gatehouse.http.Addresses;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a request comes from. What a proxy says of it is taken only from a proxy that the operator configured, and it never
 * says who somebody is: that is the bearer's to prove (threats.md T25.2).
 *
 * @param address of the caller, in one spelling
 * @param throughProxy the peer is a proxy that the operator configured
 * @param relayed somebody in between says that they passed the request on; believed of anybody, because it can only make the rules
 *     stricter (D11.6)
 * @param user who the proxy says its user is; for the record only
 */
record Origin(String address, boolean throughProxy, boolean relayed, Optional<String> user) {
    private static final List<HeaderName> PROXIED = Stream.of(
                    "Forwarded",
                    "Via",
                    "X-Forwarded-For",
                    "X-Forwarded-Proto",
                    "X-Forwarded-Host",
                    "Tailscale-User-Login")
            .map(HeaderNames::create)
            .toList();
    private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");
    private static final HeaderName TAILSCALE_USER = HeaderNames.create("Tailscale-User-Login");
    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,100}");

    static Origin of(ServerRequest request, Set<String> trustedProxies) {
        var peer = Addresses.of(request.remotePeer().address());
        if (!trustedProxies.contains(peer)) {
            return new Origin(peer, false, relayed(request), Optional.empty());
        }
        var user = values(request, TAILSCALE_USER);
        return new Origin(
                forwarded(request).orElse(peer),
                true,
                true,
                user.size() == 1 && NAME.matcher(user.getFirst()).matches()
                        ? Optional.of(user.getFirst())
                        : Optional.empty());
    }

    private static boolean relayed(ServerRequest request) {
        return PROXIED.stream().anyMatch(name -> request.headers().contains(name));
    }

    /** The last entry is the one our own proxy wrote; what stands before it is what somebody told it. */
    private static Optional<String> forwarded(ServerRequest request) {
        return values(request, FORWARDED_FOR).stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .reduce((before, last) -> last)
                .map(String::strip)
                .flatMap(Addresses::literal);
    }

    private static List<String> values(ServerRequest request, HeaderName name) {
        return request.headers().contains(name) ? request.headers().get(name).allValues() : List.of();
    }
}
