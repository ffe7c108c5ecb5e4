package dev.gatehouse.rest;

import dev.gatehouse.http.HostNames;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may ask at all: keeps the pages of strangers out, and on a shared network everybody without the token (threats.md T11.2). */
final class Doorway {
    /** Two of these mean that somebody is being deceived about who asks, for whom, or where the request ends. */
    private static final List<HeaderName> ONCE =
            List.of(HeaderNames.HOST, HeaderNames.ORIGIN, HeaderNames.CONTENT_LENGTH, HeaderNames.TRANSFER_ENCODING);

    private static final HostNames LOOPBACK = new HostNames(Set.of());

    private final HostNames hosts;
    private final Set<String> origins;
    private final Optional<Bearer> bearer;

    Doorway(RestConfig config) {
        var names = new HashSet<>(config.allowedHosts());
        names.add(config.host().contains(":") ? "[" + config.host() + "]" : config.host());
        this.hosts = new HostNames(names);
        this.origins = config.allowedOrigins();
        this.bearer = config.bearer();
    }

    /** Why a request may not come in; empty if it may. */
    Optional<Answer> refusal(ServerRequest request) {
        for (var name : ONCE) {
            if (values(request, name).size() > 1) {
                return Optional.of(Answer.error(400, "more than one " + name.defaultCase() + " header"));
            }
        }
        if (!values(request, HeaderNames.HOST).stream().anyMatch(hosts::allow)) {
            return Optional.of(Answer.error(403, "Host not allowed; see --allow-host"));
        }
        if (!values(request, HeaderNames.ORIGIN).stream().allMatch(this::welcome)) {
            return Optional.of(Answer.error(403, "Origin not allowed; see --allow-origin"));
        }
        var admitted = isPreflight(request)
                || bearer.isEmpty()
                || bearer.get().admits(values(request, HeaderNames.AUTHORIZATION));
        return admitted ? Optional.empty() : Optional.of(Answer.error(401, "a bearer is needed, and the right one"));
    }

    /** The origin whose pages may read the answer: only what is configured, not even loopback. */
    Optional<String> reader(ServerRequest request) {
        return values(request, HeaderNames.ORIGIN).stream()
                .filter(origins::contains)
                .findFirst();
    }

    /** Whether a browser asks, for a page that may call, what the page may send; it cannot show a bearer with that. */
    boolean isPreflight(ServerRequest request) {
        return request.prologue().method().text().equals("OPTIONS")
                && reader(request).isPresent();
    }

    private boolean welcome(String origin) {
        return origins.contains(origin) || isLoopback(origin);
    }

    private static boolean isLoopback(String origin) {
        try {
            var uri = new URI(origin);
            var web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && uri.getRawAuthority() != null && LOOPBACK.allow(uri.getRawAuthority());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static List<String> values(ServerRequest request, HeaderName name) {
        return request.headers().contains(name) ? request.headers().get(name).allValues() : List.of();
    }
}
