package dev.gatehouse.web;

import dev.gatehouse.dispatch.Dispatcher;
import dev.gatehouse.dispatch.KeyedSubmission;
import dev.gatehouse.dispatch.LiveTask;
import dev.gatehouse.dispatch.Order;
import dev.gatehouse.dispatch.OrderReader;
import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.dispatch.StoreUnavailableException;
import dev.gatehouse.dispatch.StreamLevel;
import dev.gatehouse.dispatch.Submission;
import dev.gatehouse.dispatch.Task;
import dev.gatehouse.dispatch.Watch;
import dev.gatehouse.http.WatchedConnection;
import dev.gatehouse.tool.Effect;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Where goals come in (dispatcher.md 3.4, 3.5 and section 13). */
final class DispatchRoutes {
    private final Dispatcher dispatcher;
    private final Delegation delegation;

    DispatchRoutes(Dispatcher dispatcher, Delegation delegation) {
        this.dispatcher = dispatcher;
        this.delegation = delegation;
    }

    List<Route> routes() {
        return List.of(route("/v1/dispatch", "dispatch"), route("/v1/tasks", "tasks"));
    }

    /** An idempotency key counts under the name, so that a path and its short form are one route. */
    private Route route(String path, String name) {
        return Route.post(path, Route.Access.CALLER_WITH_KEY, Route.Body.JSON, exchange -> dispatch(exchange, name));
    }

    private void dispatch(Exchange exchange, String route) throws Exception {
        var mode = Mode.of(exchange);
        delegation.apply(exchange);
        var order = order(exchange, mode);
        var level = level(exchange, order);
        var under = OrderKey.of(exchange, route);
        var who = exchange.principal();
        if (under.isEmpty()) {
            answer(exchange, dispatcher.submit(who, order, exchange.modelKey()), mode, level);
            return;
        }
        switch (dispatcher.submit(who, order, exchange.modelKey(), under.get())) {
            case KeyedSubmission.First(var submission) -> answer(exchange, submission, mode, level);
            case KeyedSubmission.Repeated(var task) -> {
                exchange.respondHeader("Idempotency-Replayed", "true");
                again(exchange, task, mode, level);
            }
        }
    }

    private void answer(Exchange exchange, Submission submission, Mode mode, StreamLevel level) throws Exception {
        switch (submission) {
            case Submission.Refused(var refusal) -> throw new RefusedException(refusal);
            case Submission.Accepted(var task) -> answer(exchange, task, mode, level, () -> dispatcher.watch(task));
        }
    }

    /** The task of an order that came before, read as its caller reads it now; it may be over for long (D13.2). */
    private void again(Exchange exchange, Task task, Mode mode, StreamLevel level) throws Exception {
        var live = dispatcher.live(task.id());
        if (live.isPresent()) {
            answer(exchange, live.get(), mode, level, () -> dispatcher.rewatch(task.id(), exchange.principal()));
            return;
        }
        var ended = dispatcher.tasks().task(task.id()).orElse(task);
        created(exchange, ended.id());
        switch (mode) {
            case Mode.Async() -> later(exchange, ended);
            case Mode.Wait(var atMost) -> ended(exchange, ended);
            case Mode.Stream(var format, var wording) -> {
                var follower = dispatcher.tasks().follow(ended.id(), level, 0);
                Streaming.send(exchange, follower, wording, format, Streaming.heartbeat(Effect.OBSERVE));
            }
        }
    }

    private static Order order(Exchange exchange, Mode mode) throws RefusedException {
        return switch (OrderReader.read(exchange.body(), exchange.principal(), mode.async(), exchange.arrival())) {
            case OrderReader.Result.Valid(var order) -> order;
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

    private void answer(Exchange exchange, LiveTask task, Mode mode, StreamLevel level, Supplier<Watch> watching)
            throws IOException, InterruptedException, StoreUnavailableException {
        created(exchange, task.taskId());
        switch (mode) {
            case Mode.Async() -> later(exchange, task.task());
            case Mode.Wait(var atMost) -> {
                var watch = watching.get();
                try {
                    waited(exchange, task, atMost);
                    // It was answered in order, so it is not lost; from here on it asks again when it likes.
                    watch.release();
                } finally {
                    watch.close();
                }
            }
            case Mode.Stream(var format, var wording) -> {
                try (var _ = watching.get()) {
                    var follower = dispatcher.tasks().follow(task, level, 0);
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

    private static void created(Exchange exchange, String taskId) {
        exchange.respondHeader("Gatehouse-Task", taskId);
        exchange.respondHeader("Location", "/v1/tasks/" + taskId);
    }

    private static void later(Exchange exchange, Task task) {
        Preferences.applied(exchange, "respond-async");
        exchange.json(202, task.body());
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
        record Stream(LineFormat format, Wording wording) implements Mode {}

        default boolean async() {
            return this instanceof Async;
        }

        static Mode of(Exchange exchange) throws RefusedException {
            // Refused before a task exists, if there is no such wording.
            var wording = Wording.of(exchange);
            var wishes = Preferences.of(exchange);
            if (wishes.async()) {
                return new Async();
            }
            var accept = exchange.header(HeaderNames.ACCEPT).orElse("*/*");
            if (accept.contains("text/event-stream")) {
                return new Stream(LineFormat.SSE, wording);
            }
            if (!accept.contains("application/json")) {
                return new Stream(LineFormat.NDJSON, wording);
            }
            wishes.waiting().ifPresent(time -> Preferences.applied(exchange, "wait=" + time.toSeconds()));
            return new Wait(wishes.waiting().orElse(Preferences.LONGEST));
        }
    }
}
