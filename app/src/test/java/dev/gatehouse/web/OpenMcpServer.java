package dev.gatehouse.web;

import dev.gatehouse.gate.CallerLimits;
import dev.gatehouse.gate.FailureThrottle;
import dev.gatehouse.gate.LocalOperators;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.gate.Surface;
import dev.gatehouse.gate.Tier;
import dev.gatehouse.http.StrictServer;
import dev.gatehouse.id.Ids;
import dev.gatehouse.mcp.McpService;
import dev.gatehouse.mcp.StreamableHttp;
import dev.gatehouse.time.Ticker;
import io.helidon.webserver.http.DirectHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The MCP endpoint behind the real front, for clients that cannot show a credential: everybody is the same caller. */
public final class OpenMcpServer implements AutoCloseable {
    private static final Principal ANYBODY =
            new Principal("crd-0", "anybody", Tier.ACTUATE, Set.of(), CallerLimits.NONE, Surface.MCP_HTTP);

    private final List<Route> routes;
    private final StrictServer server;

    private OpenMcpServer(McpService mcp, Principal caller) {
        routes = new McpRoutes(new StreamableHttp(mcp, Ticker.system()))
                .routes().stream().map(route -> opened(route, caller)).toList();
        server = StrictServer.start(
                new StrictServer.Place("127.0.0.1", 0, 64),
                (request, response) -> front().handle(request, response),
                DirectHandlers.builder().build());
    }

    /** Serves on a free port of 127.0.0.1, as if its operator had allowed its own origin. */
    public static OpenMcpServer start(McpService mcp) {
        return new OpenMcpServer(mcp, ANYBODY);
    }

    /** The same where it matters who everybody is. */
    public static OpenMcpServer start(McpService mcp, Principal everybody) {
        return new OpenMcpServer(mcp, everybody);
    }

    private Front front() {
        var authentication = new Authentication(
                () -> {
                    throw new AssertionError("no route here asks for a credential");
                },
                LocalOperators.of(Map::of),
                new FailureThrottle(Ticker.system(), 1),
                entry -> {},
                false);
        return new Front(
                new Routes(routes),
                new HostRules(Set.of(), Set.of(origin())),
                authentication,
                new OpenRequests(
                        () -> {
                            throw new AssertionError("no route here asks for a credential");
                        },
                        who -> {}),
                Set.of(),
                new OpenStreams(),
                new Ids());
    }

    private static Route opened(Route route, Principal caller) {
        return new Route(route.method(), route.template(), Route.Access.OPEN, route.body(), exchange -> {
            exchange.authenticated(caller);
            route.handler().handle(exchange);
        });
    }

    private String origin() {
        return "http://127.0.0.1:" + server.port();
    }

    public String url() {
        return origin() + "/mcp";
    }

    @Override
    public void close() {
        server.close();
    }
}
