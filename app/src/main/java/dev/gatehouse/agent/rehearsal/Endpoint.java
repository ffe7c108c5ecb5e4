package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.time.Ticker;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The routes of the endpoint: messages, token counts, the probe, and nothing else (E6.3). */
final class Endpoint {
    /** What the real API takes at most. */
    static final int MAX_BODY_BYTES = 32 * 1024 * 1024;

    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream; charset=utf-8";

    private final ScriptLibrary library;
    private final Ticker ticker;
    private final Attempts attempts = new Attempts();
    private final LongAdder messageRequests = new LongAdder();
    private final LongAdder countRequests = new LongAdder();

    Endpoint(ScriptLibrary library, Ticker ticker) {
        this.library = library;
        this.ticker = ticker;
    }

    long messageRequests() {
        return messageRequests.sum();
    }

    long countRequests() {
        return countRequests.sum();
    }

    void handle(ServerRequest request, ServerResponse response) throws IOException {
        var method = request.prologue().method();
        var path = request.path().path();
        if (method.equals(Method.HEAD)) {
            response.status(path.equals("/") ? 200 : 404).send();
        } else if (method.equals(Method.POST) && path.equals("/v1/messages")) {
            messageRequests.increment();
            accept(request, response, RequestRules::ofMessage).ifPresent(message -> answer(message, response));
        } else if (method.equals(Method.POST) && path.equals("/v1/messages/count_tokens")) {
            countRequests.increment();
            accept(request, response, RequestRules::ofCount).ifPresent(message -> count(message, response));
        } else {
            refuse(ApiError.of(ErrorType.NOT_FOUND_ERROR), response);
        }
    }

    /** The request, if it is one; otherwise the refusal has been sent. */
    private Optional<MessagesRequest> accept(
            ServerRequest request, ServerResponse response, Function<JsonNode, Optional<ApiError>> rules)
            throws IOException {
        var sent = request.content().hasEntity()
                ? request.content().inputStream().readNBytes(MAX_BODY_BYTES + 1)
                : new byte[0];
        response.header(
                "request-id", "req_rehearsal_" + CanonicalJson.sha256(sent).substring(0, 24));
        var problem = credentials(request).or(() -> version(request)).or(() -> size(sent));
        if (problem.isPresent()) {
            refuse(problem.get(), response);
            return Optional.empty();
        }
        try {
            var body = Json.read(sent);
            problem = rules.apply(body);
            if (problem.isEmpty()) {
                return Optional.of(MessagesRequest.of(body, sent));
            }
            refuse(problem.get(), response);
        } catch (MalformedJsonException e) {
            refuse(ApiError.invalid("The request body is not valid JSON: " + e.getMessage()), response);
        }
        return Optional.empty();
    }

    /** Any key will do, in either header; none will not. */
    private static Optional<ApiError> credentials(ServerRequest request) {
        var headers = request.headers();
        var key = headers.first(HeaderNames.create("x-api-key")).filter(value -> !value.isBlank());
        var bearer = headers.first(HeaderNames.AUTHORIZATION)
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7)
                        && !value.substring(7).isBlank());
        return key.or(() -> bearer).isPresent()
                ? Optional.empty()
                : Optional.of(ApiError.of(ErrorType.AUTHENTICATION_ERROR, "x-api-key header is required"));
    }

    private static Optional<ApiError> version(ServerRequest request) {
        return request.headers().first(HeaderNames.create("anthropic-version")).isPresent()
                ? Optional.empty()
                : Optional.of(ApiError.invalid("anthropic-version: header is required"));
    }

    private static Optional<ApiError> size(byte[] sent) {
        return sent.length <= MAX_BODY_BYTES ? Optional.empty() : Optional.of(ApiError.of(ErrorType.REQUEST_TOO_LARGE));
    }

    private void answer(MessagesRequest request, ServerResponse response) {
        var turn = Actor.turn(library.scriptFor(request.conversation().goal()), request);
        var fault = attempts.meet(request.digest(), turn.fault());
        if (fault.isPresent() && fault.get() instanceof Fault.Http http) {
            refuse(ApiError.scripted(http), response);
            return;
        }
        if (fault.isPresent() && fault.get() instanceof Fault.SseError error && !request.stream()) {
            refuse(ApiError.of(error.type()), response);
            return;
        }
        var answer = Actor.play(turn, request);
        var pace = turn.pace().orElse(Pace.NONE);
        if (request.stream()) {
            response.header(HeaderNames.CONTENT_TYPE, EVENTS);
            response.header(HeaderNames.CACHE_CONTROL, "no-cache");
            deliver(Delivery.stream(answer, pace, fault), response);
        } else {
            response.header(HeaderNames.CONTENT_TYPE, JSON);
            deliver(Delivery.body(answer, pace, fault), response);
        }
    }

    /** Everything the due turn will report as input, so that a budget reserved by this number fits the bill that follows. */
    private void count(MessagesRequest request, ServerResponse response) {
        var turn = Actor.turn(library.scriptFor(request.conversation().goal()), request);
        var usage = Actor.play(turn, request).usage();
        send(200, Json.object().put("input_tokens", usage.prompt()), response);
    }

    private void deliver(Delivery delivery, ServerResponse response) {
        try {
            var out = Optional.<OutputStream>empty();
            for (var step : delivery.steps()) {
                switch (step) {
                    case Delivery.Wait wait -> ticker.sleep(Duration.ofMillis(wait.millis()));
                    case Delivery.Send send -> {
                        var stream = out.orElseGet(response::outputStream);
                        out = Optional.of(stream);
                        stream.write(send.text().getBytes(StandardCharsets.UTF_8));
                        stream.flush();
                    }
                }
            }
            if (delivery.cut()) {
                throw new CloseConnectionException("the script cuts the connection here");
            }
            if (out.isPresent()) {
                out.get().close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("the server stops", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuse(ApiError error, ServerResponse response) {
        error.retryAfterSeconds().ifPresent(seconds -> response.header("retry-after", Integer.toString(seconds)));
        send(error.status(), error.body(), response);
    }

    private static void send(int status, ObjectNode body, ServerResponse response) {
        response.status(status);
        response.header(HeaderNames.CONTENT_TYPE, JSON);
        response.send(Json.line(body).getBytes(StandardCharsets.UTF_8));
    }
}
