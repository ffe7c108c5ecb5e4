package dev.gatehouse.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Somebody with a credential and a model key, or without. */
final class Caller {
    static final String KEY = "sk-ant-test-0123456789abcdef";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient SHARED = client(InetAddress.getLoopbackAddress());

    private final HttpClient client;
    private final String base;
    private final Optional<String> token;
    private final Optional<String> key;

    private Caller(HttpClient client, String base, Optional<String> token, Optional<String> key) {
        this.client = client;
        this.base = base;
        this.token = token;
        this.key = key;
    }

    /** A caller with a good credential. */
    static Caller known(String base, String token) {
        return new Caller(SHARED, base, Optional.of(token), Optional.of(KEY));
    }

    /** Somebody whose failures are counted apart from everybody else's. */
    static Caller doubtful(String base, Optional<String> token) {
        return new Caller(client(Sources.fresh()), base, token, Optional.of(KEY));
    }

    private static HttpClient client(InetAddress source) {
        // The server closes idle connections after five seconds; a request must not meet that moment.
        System.setProperty("jdk.httpclient.keepalive.timeout", "2");
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(source)
                .build();
    }

    /** Somebody without a credential who comes from this address. */
    static Caller doubtfulFrom(String address, String base) {
        return new Caller(client(InetAddress.ofLiteral(address)), base, Optional.empty(), Optional.of(KEY));
    }

    Caller withKey(String other) {
        return new Caller(client, base, token, Optional.of(other));
    }

    Caller withoutKey() {
        return new Caller(client, base, token, Optional.empty());
    }

    Answer get(String path, String... headers) {
        return sendBytes("GET", path, null, headers);
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    /** Any method, any body; headers in pairs. */
    Answer send(String method, String path, @Nullable String body, String... headers) {
        return sendBytes(method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** The same with a body that need not be text. */
    Answer sendBytes(String method, String path, byte @Nullable [] body, String... headers) {
        var answer = unchecked(method, path, body, headers);
        Contract.check(method, path, answer);
        return answer;
    }

    /** An answer that is not held to the description. */
    Answer unchecked(String method, String path) {
        return unchecked(method, path, null);
    }

    private Answer unchecked(String method, String path, byte @Nullable [] body, String... headers) {
        try {
            return Answer.of(
                    client.send(request(method, path, body, headers), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + ": " + e, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Opens a stream of events. */
    Events stream(String method, String path, @Nullable String body, String... headers) {
        try {
            var bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
            return new Events(
                    client.send(request(method, path, bytes, headers), HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + ": " + e, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Orders a task and follows it. */
    Events dispatch(String body, String... headers) {
        return stream("POST", "/dispatch", body, headers);
    }

    /** Orders a task and follows it to its end. */
    Log run(String body, String... headers) {
        try (var events = dispatch(body, headers)) {
            return events.toEnd();
        }
    }

    private HttpRequest request(String method, String path, byte @Nullable [] body, String... headers) {
        var publisher =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body);
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .method(method, publisher);
        token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
        key.ifPresent(k -> request.header("X-Anthropic-Api-Key", k));
        var typed = false;
        for (var i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
            typed |= headers[i].equalsIgnoreCase("Content-Type");
        }
        if (body != null && !typed) {
            request.header("Content-Type", "application/json");
        }
        return request.build();
    }
}
