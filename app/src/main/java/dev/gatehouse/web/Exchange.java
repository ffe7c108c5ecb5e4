package dev.gatehouse.web;

import dev.gatehouse.dispatch.Arrival;
import dev.gatehouse.dispatch.Artifact;
import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.dispatch.Task;
import dev.gatehouse.dispatch.TraceContext;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.http.Entity;
import dev.gatehouse.json.Json;
import dev.gatehouse.secret.Secret;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One request and its answer, as handlers see them. */
final class Exchange {
    private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");
    private static final HeaderName TRACESTATE = HeaderNames.create("tracestate");

    private final ServerRequest request;
    private final ServerResponse response;
    private final String requestId;
    private final Origin origin;
    private final OpenStreams streams;
    private Map<String, String> pathParameters = Map.of();
    private boolean begun;
    private boolean last;
    /** Asked by another thread as well, when a credential is revoked. */
    private volatile @Nullable Principal principal;

    private @Nullable Secret brought;
    private @Nullable JsonNode body;
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    Exchange(ServerRequest request, ServerResponse response, String requestId, Origin origin, OpenStreams streams) {
        this.request = request;
        this.response = response;
        this.requestId = requestId;
        this.origin = origin;
        this.streams = streams;
    }

    /** Takes the named parts of the path from the route that was found. */
    void found(Map<String, String> parameters) {
        pathParameters = parameters;
    }

    ServerRequest request() {
        return request;
    }

    String requestId() {
        return requestId;
    }

    /** Where it comes from. */
    Origin origin() {
        return origin;
    }

    /** The same as an order remembers it, with the trace it belongs to. */
    Arrival arrival() {
        return new Arrival(
                TraceContext.read(headers(TRACEPARENT), headers(TRACESTATE)),
                origin.throughProxy(),
                origin.relayed(),
                origin.user());
    }

    /** Whether only the head of an answer is wanted. */
    boolean wantsHead() {
        return request.prologue().method().equals(Method.HEAD);
    }

    /** Who asks; only routes that need a credential may ask this. */
    Principal principal() {
        var who = principal;
        if (who == null) {
            throw new IllegalStateException("this route is open to everybody");
        }
        return who;
    }

    void authenticated(Principal who) {
        principal = who;
    }

    /** The caller brought a model key, which is better than the one in a file. */
    void paysWith(Secret key) {
        principal = principal().paying(key);
        brought = key;
    }

    /** A copy of the model key of the caller, for work that outlives the request. */
    Optional<Secret> modelKey() {
        return principal().modelKey().map(key -> Secret.of(key.reveal()));
    }

    /** Forgets what was brought for this request only. */
    void over() {
        if (brought != null) {
            brought.close();
        }
        if (begun) {
            streams.closed();
        }
    }

    /** The JSON body; an empty object if there was none. */
    JsonNode body() {
        return body == null ? Json.object() : body;
    }

    void body(JsonNode json) {
        body = json;
    }

    /** The body as it came, for a route that reads it so. */
    ByteBuffer bytes() {
        return bytes;
    }

    void bytes(ByteBuffer content) {
        bytes = content;
    }

    /** A part of the path, by its name in the route. */
    String path(String name) {
        return pathParameters.getOrDefault(name, "");
    }

    Optional<String> query(String name) {
        var query = request.query();
        return query.contains(name) ? Optional.of(query.get(name)) : Optional.empty();
    }

    /**
     * A whole number of the query.
     *
     * @throws RefusedException if it is something else, or out of its bounds
     */
    long number(String name, long otherwise, long min, long max) throws RefusedException {
        var text = query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (text.get().matches("[0-9]{1,18}")) {
            var value = Long.parseLong(text.get());
            if (value >= min && value <= max) {
                return value;
            }
        }
        var bounds = max == Long.MAX_VALUE ? " from " + min : " from " + min + " to " + max;
        throw new RefusedException(Refusal.Code.INVALID_REQUEST, name + " must be a whole number" + bounds);
    }

    /** All values of a header. */
    List<String> headers(HeaderName name) {
        return request.headers().contains(name) ? request.headers().get(name).allValues() : List.of();
    }

    Optional<String> header(HeaderName name) {
        return headers(name).stream().findFirst();
    }

    void respondHeader(String name, String value) {
        response.header(name, value);
    }

    /** Answers with a JSON document. */
    void json(int status, JsonNode document) {
        send(status, "application/json", Json.line(document));
    }

    /** Answers with a problem document (RFC 9457). */
    void problem(Refusal refusal) {
        refusal.retryAfterS().ifPresent(seconds -> response.header("Retry-After", Integer.toString(seconds)));
        if (refusal.code() == Refusal.Code.UNAUTHORIZED) {
            response.header("WWW-Authenticate", "Bearer realm=\"gatehouse\"");
        }
        send(refusal.code().status(), "application/problem+json", Json.line(Problems.document(refusal, requestId)));
    }

    /** Answers a caller that waited with how the task ended: a problem document, whose code is the state, with the task in it. */
    void outcome(int status, Task task) {
        var detail = "the task ended " + task.state().wire();
        var document = Json.object();
        document.put("type", "urn:gatehouse:problem:" + task.state().wire());
        document.put("title", detail).put("status", status).put("detail", detail);
        document.put("code", task.state().wire()).put("request_id", requestId);
        document.set("task", task.body());
        send(status, "application/problem+json", Json.line(document));
    }

    /** Answers with a document of any kind. */
    void send(int status, String mediaType, String text) {
        send(status, mediaType, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with something to save: it is from outside, so no browser may take it for a page of this server. */
    void download(Artifact artifact, byte[] content) {
        response.header("Content-Disposition", "attachment; filename=\"" + artifact.name() + "\"");
        response.header("Content-Security-Policy", "default-src 'none'; sandbox");
        send(200, artifact.mime(), content);
    }

    private void send(int status, String mediaType, byte[] content) {
        standardHeaders();
        response.header("Cache-Control", "no-store");
        response.header("Content-Type", mediaType);
        response.status(status);
        Entity.send(request, response, content);
    }

    /** Begins an answer that is written piece by piece. */
    OutputStream stream(String mediaType) {
        streamHeaders(mediaType);
        begun = true;
        streams.opened();
        return response.outputStream();
    }

    /** Answers a HEAD where GET begins to stream: there is no length to tell, and no waiting for one. */
    void streamHead(String mediaType) {
        streamHeaders(mediaType);
        response.send();
    }

    private void streamHeaders(String mediaType) {
        standardHeaders();
        response.header("Cache-Control", "no-store, no-transform");
        response.header("X-Accel-Buffering", "no");
        response.header(HeaderNames.CONTENT_TYPE, mediaType);
        response.status(200);
    }

    /** Ends the exchange without a body. */
    void empty(int status) {
        standardHeaders();
        response.header("Cache-Control", "no-store");
        response.status(status);
        response.send();
    }

    /** Makes this answer the last one on its connection. */
    void closeAfterwards() {
        if (!last) {
            last = true;
            response.header("Connection", "close");
        }
    }

    /** Whether no other request may follow on this connection, because of the answer or because the caller said so. */
    boolean closes() {
        return last || request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    /** Sends what is left of a streamed answer: the server does it by itself only for connections that go on. */
    void complete() {
        if (response instanceof RoutingResponse open && open.hasEntity()) {
            open.commit();
        }
    }

    /** Whether nothing else can be answered any more: the answer is out, or it began as a stream. */
    boolean answered() {
        return begun || response.isSent();
    }

    /** Answers with a file that may be kept: how long is for the route to say. */
    void file(String mediaType, byte[] content) {
        standardHeaders();
        response.header("Content-Type", mediaType);
        response.status(200);
        Entity.send(request, response, content);
    }

    /** Answers that what the client has kept is still right. */
    void unchanged() {
        standardHeaders();
        response.status(304);
        response.send();
    }

    private void standardHeaders() {
        response.header("X-Request-Id", requestId);
        response.header("X-Content-Type-Options", "nosniff");
    }
}
