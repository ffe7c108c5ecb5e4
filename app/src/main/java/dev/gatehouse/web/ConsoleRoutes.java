package dev.gatehouse.web;

import dev.gatehouse.json.CanonicalJson;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The console: a page for people, made of a few files that are the same for every robot and every caller (ADR 0022).
 *
 * <p>The files hold no data and so need no credential; everything the page shows it asks of the other routes, with the token of
 * the person in front of it.
 */
final class ConsoleRoutes {
    private static final String HOME = "/console";
    private static final String PAGE = "index.html";

    private static final List<String> FILES = List.of(
            PAGE,
            "console.css",
            "icon.svg",
            "api.js",
            "approvals.js",
            "audit.js",
            "console.js",
            "dom.js",
            "events.js",
            "exact.js",
            "follow.js",
            "robot.js",
            "stop.js",
            "tasks.js");

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /** Nothing but these files and this server; nothing inline, no frame around it, no text that becomes markup. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", POLICY,
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), usb=(), serial=()",
            // May be kept, but a page that stops a robot is never an old one.
            "Cache-Control", "no-cache");

    List<Route> routes() {
        return FILES.stream().map(ConsoleRoutes::route).toList();
    }

    private static Route route(String file) {
        var bytes = read(file);
        var etag = '"' + CanonicalJson.sha256(bytes) + '"';
        var mediaType = Objects.requireNonNull(MEDIA_TYPES.get(file.substring(file.lastIndexOf('.') + 1)));
        return Route.get(file.equals(PAGE) ? HOME : HOME + "/" + file, Route.Access.OPEN, exchange -> {
            HEADERS.forEach(exchange::respondHeader);
            exchange.respondHeader("ETag", etag);
            if (exchange.header(HeaderNames.IF_NONE_MATCH).filter(etag::equals).isPresent()) {
                exchange.unchanged();
            } else {
                exchange.file(mediaType, bytes);
            }
        });
    }

    private static byte[] read(String file) {
        try (var in = ConsoleRoutes.class.getResourceAsStream("console/" + file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("a file of the program cannot be read", e);
        }
    }
}
