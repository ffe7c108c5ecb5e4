package dev.gatehouse.web;

import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.http.HostNames;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whom a request says it is for and where it comes from: keeps browsers of strangers out (threats.md T11.2, T7.4). */
final class HostRules {
    private static final Set<String> TOKEN_PARAMETERS =
            Set.of("token", "access_token", "api_key", "apikey", "key", "authorization", "bearer");

    /** A model key, or 32 random bytes as {@code gatehouse init} writes them. No id of ours is that long. */
    private static final Pattern TOKEN =
            Pattern.compile("sk-ant-|(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])");

    /** Headers that say who asks, for whom, and how long the request is: two of them mean that somebody is being deceived. */
    private static final List<HeaderName> ONCE = List.of(
            HeaderNames.HOST,
            HeaderNames.AUTHORIZATION,
            Authentication.MODEL_KEY,
            HeaderNames.CONTENT_LENGTH,
            HeaderNames.TRANSFER_ENCODING,
            HeaderNames.CONTENT_TYPE,
            HeaderNames.ORIGIN);

    private final HostNames hosts;
    private final Set<String> origins;

    HostRules(Set<String> moreHosts, Set<String> origins) {
        this.hosts = new HostNames(moreHosts);
        this.origins = Set.copyOf(origins);
    }

    void check(Exchange exchange) throws RefusedException {
        for (var name : ONCE) {
            if (exchange.headers(name).size() > 1) {
                throw new RefusedException(Refusal.Code.BAD_REQUEST, "more than one " + name.defaultCase() + " header");
            }
        }
        // The parser lets a line pass that begins with its colon; another one may take it for something else.
        for (var header : exchange.request().headers()) {
            if (header.name().isEmpty()) {
                throw new RefusedException(Refusal.Code.BAD_REQUEST, "a header without a name");
            }
        }
        var host = exchange.headers(HeaderNames.HOST);
        if (host.isEmpty()) {
            throw new RefusedException(Refusal.Code.BAD_REQUEST, "a Host header is needed");
        }
        if (!hosts.allow(host.getFirst())) {
            throw new RefusedException(Refusal.Code.MISDIRECTED, "Host not allowed; see --allow-host");
        }
        for (var origin : exchange.headers(HeaderNames.ORIGIN)) {
            if (!origins.contains(origin) && !isOurs(origin, host.getFirst())) {
                throw new RefusedException(Refusal.Code.ORIGIN_DENIED, "Origin not allowed; see --allow-origin");
            }
        }
        if (holdsToken(exchange)) {
            throw new RefusedException(Refusal.Code.TOKEN_IN_URL, "a token belongs into the Authorization header");
        }
    }

    /**
     * Whether a page that this server has sent asks: browsers say so with every POST. The Host is one of ours by now, so a name
     * that somebody else has pointed here does not come this far.
     */
    private static boolean isOurs(String origin, String host) {
        return origin.equals("http://" + host) || origin.equals("https://" + host);
    }

    /** Recognised by its name or its form and never looked up: that would tell whoever guesses whether the guess is right. */
    private static boolean holdsToken(Exchange exchange) {
        var request = exchange.request();
        return request.query().names().stream()
                        .anyMatch(name -> TOKEN_PARAMETERS.contains(name.toLowerCase(Locale.ROOT)))
                || TOKEN.matcher(request.query().rawValue()).find()
                || TOKEN.matcher(request.path().rawPath()).find();
    }
}
