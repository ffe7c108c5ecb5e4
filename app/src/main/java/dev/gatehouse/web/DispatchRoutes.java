package dev.gatehouse.web;

import dev.gatehouse.dispatch.Dispatcher;
import dev.gatehouse.dispatch.LiveTask;
import dev.gatehouse.dispatch.Order;
import dev.gatehouse.dispatch.OrderReader;
import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.dispatch.StoreUnavailableException;
import dev.gatehouse.dispatch.StreamLevel;
import dev.gatehouse.dispatch.Submission;
import dev.gatehouse.dispatch.Task;
import dev.gatehouse.http.WatchedConnection;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Where goals come in (dispatcher.md 3.4 and 3.5). */
final class DispatchRoutes {
    private static final HeaderName PREFER = HeaderNames.create("Prefer");
    private static final Pattern WAIT = Pattern.compile("wait=([0-9]{1,4})");

    private final Dispatcher dispatcher;

    DispatchRoutes(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/dispatch", Route.Access.CALLER_WITH_KEY, Route.Body.JSON, this::dispatch),
                Route.post("/v1/tasks", Route.Access.CALLER_WITH_KEY, Route.Body.JSON, this::dispatch));
    }

    private void dispatch(Exchange exchange) throws Exception {
        var mode = Mode.of(exchange);
        var wording = Wording.of(exchange);
        var order = order(exchange, mode);
        var level = level(exchange, order);
        var key = exchange.modelKey();
        switch (dispatcher.submit(exchange.principal(), order, key)) {
            case Submission.Refused(var refusal) -> throw new RefusedException(refusal);
            case Submission.Accepted(var task) -> answer(exchange, task, mode, level, wording);
        }
    }

    private static Order order(Exchange exchange, Mode mode) throws RefusedException {
        return switch (OrderReader.read(exchange.body(), exchange.principal(), mode.async())) {
            case OrderReader.Result.Valid(var order) -> order.arriving(exchange.arrival());
            case OrderReader.Result.Invalid(var refusal) -> throw new RefusedException(refusal);
        };
    }

    private static StreamLevel level(Exchange exchange, Order order) throws RefusedException {
        var asked = exchange.query("stream");
        if (asked.isEmpty()) {
            return order.stream();
        }
        return streamLevel(exchange, asked.get());
    }

    /** The level with this name, if the caller may have it. */
    static StreamLevel streamLevel(Exchange exchange, String name) throws RefusedException {
        for (var level : StreamLevel.values()) {
            if (level.name().toLowerCase(Locale.ROOT).equals(name)) {
                if (level == StreamLevel.FULL && !exchange.principal().limits().fullStream()) {
                    throw new RefusedException(
                            Refusal.Code.OVER_LIMIT, "stream full is not allowed for this credential");
                }
                return level;
            }
        }
        throw new RefusedException(Refusal.Code.INVALID_REQUEST, "stream must be result, progress or full");
    }

    private void answer(Exchange exchange, LiveTask task, Mode mode, StreamLevel level, Wording wording)
            throws IOException, InterruptedException, StoreUnavailableException {
        exchange.respondHeader("Gatehouse-Task", task.taskId());
        exchange.respondHeader("Location", "/v1/tasks/" + task.taskId());
        switch (mode) {
            case Mode.Async() -> {
                exchange.respondHeader("Preference-Applied", "respond-async");
                exchange.json(202, task.task().body());
            }
            case Mode.Wait(var atMost) -> {
                var watch = dispatcher.watch(task);
                try {
                    waited(exchange, task, atMost);
                    // It was answered in order, so it is not lost; from here on it asks again when it likes.
                    watch.release();
                } finally {
                    watch.close();
                }
            }
            case Mode.Stream(var format) -> {
                try (var _ = dispatcher.watch(task)) {
                    var follower = dispatcher.follow(task, level, 0);
                    Streaming.send(
                            exchange,
                            follower,
                            wording,
                            format,
                            Streaming.heartbeat(task.order().effect()));
                }
            }
        }
    }

    /** Nothing is written while a caller waits, so that it left is noticed by listening. */
    private static void waited(Exchange exchange, LiveTask task, Duration atMost)
            throws InterruptedException, IOException {
        exchange.closeAfterwards();
        try {
            var gone = WatchedConnection.current().hungUp();
            CompletableFuture.anyOf(task.over(), gone).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            if (!task.over().isDone()) {
                throw new ClientGoneException();
            }
        } catch (TimeoutException e) {
            exchange.json(202, task.task().body());
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a task only ever completes", e);
        }
        ended(exchange, task.task());
    }

    private static void ended(Exchange exchange, Task task) {
        var status = Outcomes.status(task);
        if (status == 200) {
            exchange.json(200, task.body());
        } else {
            exchange.outcome(status, task);
        }
    }

    /** How the caller wants to be answered. */
    private sealed interface Mode {
        /** At once, with the task. */
        record Async() implements Mode {}

        /** With the finished task, or after a while with the unfinished one. */
        record Wait(Duration atMost) implements Mode {}

        /** With the log. */
        record Stream(LineFormat format) implements Mode {}

        default boolean async() {
            return this instanceof Async;
        }

        static Mode of(Exchange exchange) {
            var prefer = exchange.header(PREFER).orElse("");
            if (prefer.contains("respond-async")) {
                return new Async();
            }
            var accept = exchange.header(HeaderNames.ACCEPT).orElse("*/*");
            if (accept.contains("text/event-stream")) {
                return new Stream(LineFormat.SSE);
            }
            if (!accept.contains("application/json")) {
                return new Stream(LineFormat.NDJSON);
            }
            var wait = Optional.of(WAIT.matcher(prefer)).filter(m -> m.find()).map(m -> Integer.parseInt(m.group(1)));
            return new Wait(Duration.ofSeconds(Math.clamp(wait.orElse(600), 1, 600)));
        }
    }
}
