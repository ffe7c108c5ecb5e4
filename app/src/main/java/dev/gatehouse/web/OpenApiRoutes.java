package dev.gatehouse.web;

import dev.gatehouse.json.Json;
import java.util.ArrayList;
import java.util.List;

/** The description of the server (dispatcher.md 3.1, section 21). */
final class OpenApiRoutes {
    private final List<Route> described;

    OpenApiRoutes(List<Route> others) {
        described = new ArrayList<>(others);
        described.addAll(routes());
    }

    List<Route> routes() {
        return List.of(Route.get("/openapi.json", Route.Access.CALLER, this::show));
    }

    private void show(Exchange exchange) {
        exchange.send(200, "application/json", Json.line(OpenApi.document(described)));
    }
}
