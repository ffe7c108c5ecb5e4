package dev.gatehouse.web;

import dev.gatehouse.dispatch.Dispatcher;
import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.dispatch.StoreUnavailableException;
import dev.gatehouse.dispatch.StreamLevel;
import dev.gatehouse.dispatch.Task;
import dev.gatehouse.gate.Role;
import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Effect;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What became of a task (dispatcher.md 3.1, D4.7, section 12). A foreign task looks exactly like a missing one. */
final class TaskRoutes {
    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");

    private final Dispatcher dispatcher;

    TaskRoutes(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/tasks", Route.Access.CALLER, this::list),
                Route.get(
                        "/v1/tasks/{id}",
                        Route.Access.CALLER,
                        exchange -> exchange.json(200, task(exchange).body())),
                Route.get("/v1/tasks/{id}/events", Route.Access.CALLER, this::events),
                Route.post("/v1/tasks/{id}/cancel", Route.Access.CALLER, Route.Body.BEST_EFFORT, this::cancel));
    }

    private Task task(Exchange exchange) throws RefusedException, StoreUnavailableException {
        return dispatcher
                .task(exchange.path("id"))
                .filter(task -> task.visibleTo(exchange.principal()))
                .orElseThrow(() -> new RefusedException(Refusal.Code.NOT_FOUND, "Not Found"));
    }

    private void list(Exchange exchange) throws RefusedException, StoreUnavailableException {
        var limit = exchange.number("limit", 50, 1, 200);
        var who = exchange.principal();
        var caller = who.has(Role.ADMIN) ? Optional.<String>empty() : Optional.of(who.caller());
        var page = dispatcher.list(caller, exchange.query("after"), (int) limit);
        var out = Json.object();
        var tasks = out.putArray("tasks");
        page.forEach(task -> tasks.add(task.body()));
        if (page.size() == limit) {
            out.put("next_after", page.getLast().id());
        } else {
            out.putNull("next_after");
        }
        exchange.json(200, out);
    }

    private void events(Exchange exchange) throws Exception {
        var task = task(exchange);
        var after = exchange.number("after", lastEventId(exchange), 0, Long.MAX_VALUE);
        var level = exchange.query("stream").isPresent()
                ? DispatchRoutes.streamLevel(exchange, exchange.query("stream").get())
                : StreamLevel.PROGRESS;
        var accept = exchange.header(HeaderNames.ACCEPT).orElse("*/*");
        var follow = exchange.query("follow").orElse("1").equals("1");
        if (accept.contains("application/json") || !follow) {
            page(exchange, task, level, after);
            return;
        }
        var wording = Wording.of(exchange);
        var format = accept.contains("text/event-stream") ? LineFormat.SSE : LineFormat.NDJSON;
        var effect =
                dispatcher.live(task.id()).map(live -> live.order().effect()).orElse(Effect.OBSERVE);
        try (var _ = dispatcher.rewatch(task.id(), exchange.principal())) {
            var follower = dispatcher.follow(task.id(), level, after);
            Streaming.send(exchange, follower, wording, format, Streaming.heartbeat(effect));
        }
    }

    /** One page of the log as it is now (D4.7). */
    private void page(Exchange exchange, Task task, StreamLevel level, long after) throws Exception {
        var limit = exchange.number("limit", 200, 1, 1000);
        var follower = dispatcher.follow(task.id(), level, after);
        var out = Json.object();
        var events = out.putArray("events");
        var next = after;
        for (var lines = follower.next(Duration.ZERO); !lines.isEmpty(); lines = follower.next(Duration.ZERO)) {
            for (var line : lines) {
                if (line.seq().isPresent() && events.size() < limit) {
                    events.add(line.json());
                    next = line.seq().getAsLong();
                }
            }
            if (events.size() == limit) {
                break;
            }
        }
        out.put("next_after", next);
        out.put("terminal", task.state().terminal());
        exchange.json(200, out);
    }

    private static long lastEventId(Exchange exchange) {
        var header = exchange.header(LAST_EVENT_ID).orElse("0");
        return header.matches("[0-9]{1,18}") ? Long.parseLong(header) : 0;
    }

    private void cancel(Exchange exchange) throws RefusedException, StoreUnavailableException {
        var task = task(exchange);
        var live = dispatcher.live(task.id());
        if (live.isPresent()
                && dispatcher.cancel(
                        live.get(), "canceled by " + exchange.principal().caller())) {
            exchange.json(202, live.get().task().body());
        } else {
            exchange.json(200, task(exchange).body());
        }
    }
}
