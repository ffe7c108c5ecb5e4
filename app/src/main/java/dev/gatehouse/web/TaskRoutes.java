package dev.gatehouse.web;

import dev.gatehouse.dispatch.ArtifactFiles;
import dev.gatehouse.dispatch.Dispatcher;
import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.dispatch.StoreUnavailableException;
import dev.gatehouse.dispatch.StreamLevel;
import dev.gatehouse.dispatch.Task;
import dev.gatehouse.dispatch.Tasks;
import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Effect;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What became of a task (dispatcher.md 3.1, D4.7, section 12). A foreign task looks exactly like a missing one. */
final class TaskRoutes {
    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");

    private final Dispatcher dispatcher;
    private final ArtifactFiles files;

    TaskRoutes(Dispatcher dispatcher, ArtifactFiles files) {
        this.dispatcher = dispatcher;
        this.files = files;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/tasks", Route.Access.CALLER, this::list),
                Route.get(
                        "/v1/tasks/{id}",
                        Route.Access.CALLER,
                        exchange -> exchange.json(200, task(exchange).body())),
                Route.get("/v1/tasks/{id}/events", Route.Access.CALLER, this::events),
                Route.get("/v1/tasks/{id}/artifacts/{name}", Route.Access.CALLER, this::artifact),
                Route.post("/v1/tasks/{id}/cancel", Route.Access.CALLER, Route.Body.BEST_EFFORT, this::cancel),
                Route.post("/v1/tasks/{id}/lease", Route.Access.CALLER, Route.Body.BEST_EFFORT, this::renew));
    }

    private Task task(Exchange exchange) throws RefusedException, StoreUnavailableException {
        return dispatcher
                .tasks()
                .task(exchange.path("id"))
                .filter(task -> task.visibleTo(exchange.principal()))
                .orElseThrow(() -> new RefusedException(Refusal.Code.NOT_FOUND, "Not Found"));
    }

    /** One page; asked for one more than it holds, so that it can say whether it is the last. */
    private void list(Exchange exchange) throws RefusedException, StoreUnavailableException {
        var limit = (int) exchange.number("limit", 50, 1, 200);
        var filter = TaskQuery.filter(exchange);
        if (filter.before().isPresent() && !visible(filter.before().get(), exchange)) {
            throw new RefusedException(
                    Refusal.Code.INVALID_REQUEST, "after must be the next_after of a page; begin again without it");
        }
        var found = dispatcher.tasks().list(filter, limit + 1);
        var page = found.subList(0, Math.min(limit, found.size()));
        var out = Json.object();
        var tasks = out.putArray("tasks");
        page.forEach(task -> tasks.add(task.body()));
        if (found.size() > limit) {
            out.put("next_after", page.getLast().id());
        } else {
            out.putNull("next_after");
        }
        exchange.json(200, out);
    }

    private boolean visible(String id, Exchange exchange) throws StoreUnavailableException {
        return dispatcher
                .tasks()
                .task(id)
                .filter(task -> task.visibleTo(exchange.principal()))
                .isPresent();
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
            var limit = (int) exchange.number("limit", 200, 1, 1000);
            exchange.json(200, page(dispatcher.tasks().events(task, level, after, limit)));
            return;
        }
        var wording = Wording.of(exchange);
        var format = accept.contains("text/event-stream") ? LineFormat.SSE : LineFormat.NDJSON;
        var effect =
                dispatcher.live(task.id()).map(live -> live.order().effect()).orElse(Effect.OBSERVE);
        try (var _ = dispatcher.rewatch(task.id(), exchange.principal())) {
            var follower = dispatcher.tasks().follow(task.id(), level, after);
            Streaming.send(exchange, follower, wording, format, Streaming.heartbeat(effect));
        }
    }

    /** A part of the log as it is now (D4.7). */
    private static ObjectNode page(Tasks.EventPage page) {
        var out = Json.object();
        var events = out.putArray("events");
        page.lines().forEach(line -> events.add(line.json()));
        return out.put("next_after", page.nextAfter()).put("terminal", page.terminal());
    }

    /** Bytes are bodies of tools, for callers that may see those; what they are called is on the log for all (threats.md T27.1). */
    private void artifact(Exchange exchange) throws RefusedException, StoreUnavailableException, IOException {
        var task = task(exchange);
        if (!exchange.principal().limits().fullStream()) {
            throw new RefusedException(Refusal.Code.OVER_LIMIT, "artifacts are for credentials with stream full");
        }
        var artifact = dispatcher.tasks().artifact(task.id(), exchange.path("name"));
        var content = artifact.isEmpty()
                ? Optional.<byte[]>empty()
                : files.read(artifact.get().sha256());
        if (content.isEmpty()) {
            throw new RefusedException(Refusal.Code.NOT_FOUND, "Not Found");
        }
        exchange.download(artifact.get(), content.get());
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
                        live.get(),
                        StopReason.of(
                                exchange, "canceled by " + exchange.principal().caller()))) {
            exchange.json(202, live.get().task().body());
        } else {
            exchange.json(200, task(exchange).body());
        }
    }

    /** The caller says that it is still there (D11.6). A task that is over says so, so that its caller stops renewing. */
    private void renew(Exchange exchange) throws RefusedException, StoreUnavailableException {
        var task = task(exchange);
        if (!task.caller().equals(exchange.principal().caller())) {
            throw new RefusedException(
                    Refusal.Code.ROLE_REQUIRED, "the lease of a task is renewed by the caller that ordered it");
        }
        var promise = task.body().path("options").path("deadman_s");
        if (promise.isMissingNode()) {
            throw new RefusedException(
                    Refusal.Code.INVALID_REQUEST, "this task has no dead-man lease; order it with deadman_s");
        }
        dispatcher.live(task.id()).ifPresent(dispatcher::renew);
        var now = task(exchange);
        var out = Json.object().put("task_id", now.id());
        out.put("state", now.state().wire()).put("terminal", now.state().terminal());
        exchange.json(200, out.put("renew_within_s", promise.intValue()));
    }
}
