package dev.gatehouse.web;

import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.id.Ids;
import dev.gatehouse.mcp.StreamableHttp;
import dev.gatehouse.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** All routes of the server. Canonical paths start with {@code /v1}; the older ones work without it (dispatcher.md 3.1). */
final class Routes {
    private final List<Route> routes;

    Routes(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /** Everything one server answers, its own description included. */
    static Routes of(Services services, OpenStreams streams, Ids ids) {
        var canonical = new ArrayList<Route>();
        canonical.addAll(new DispatchRoutes(services.dispatcher(), new Delegation(services.credentials())).routes());
        canonical.addAll(new TaskRoutes(services.dispatcher(), services.files()).routes());
        canonical.addAll(new ApprovalRoutes(services.approvals()).routes());
        canonical.addAll(new SafetyRoutes(services.interlock(), services.audit()).routes());
        canonical.addAll(new StatusRoutes(
                        services.ready(),
                        services.dispatcher(),
                        services.interlock(),
                        services.lease(),
                        services.manifest(),
                        services.audit())
                .routes());
        canonical.addAll(new ToolRoutes(services.gate(), ids).routes());
        canonical.addAll(new AuditRoutes(services.audit()).routes());
        var all = new ArrayList<>(withShortPaths(canonical));
        all.addAll(new McpRoutes(new StreamableHttp(services.mcp(), Ticker.system())).routes());
        all.addAll(new MetricsRoutes(services, streams).routes());
        all.addAll(new OpenApiRoutes(all).routes());
        all.addAll(new ConsoleRoutes().routes());
        return new Routes(all);
    }

    /** A route and what its path said. */
    record Match(Route route, Map<String, String> parameters) {}

    /**
     * Finds the route.
     *
     * @param allowed receives the methods of the path when none of them is the one asked for
     * @throws RefusedException with 404 or 405
     */
    Match find(String method, String path, List<String> allowed) throws RefusedException {
        var methods = new TreeSet<String>();
        for (var route : routes) {
            var parameters = route.match(path);
            if (parameters.isPresent()) {
                if (route.answers(method)) {
                    return new Match(route, parameters.get());
                }
                methods.add(route.method());
            }
        }
        if (methods.isEmpty()) {
            throw new RefusedException(Refusal.Code.NOT_FOUND, "Not Found");
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        allowed.addAll(methods);
        throw new RefusedException(Refusal.Code.METHOD_NOT_ALLOWED, "Method Not Allowed");
    }

    /** The same routes, each also under its path without {@code /v1}. */
    static List<Route> withShortPaths(List<Route> canonical) {
        var out = new ArrayList<Route>(canonical);
        for (var route : canonical) {
            if (route.template().startsWith("/v1/")) {
                out.add(new Route(
                        route.method(), route.template().substring(3), route.access(), route.body(), route.handler()));
            }
        }
        return out;
    }
}
