package dev.gatehouse.web;

import dev.gatehouse.gate.Surface;
import dev.gatehouse.mcp.McpHeaders;
import dev.gatehouse.mcp.Pending;
import dev.gatehouse.mcp.StreamableHttp;
import dev.gatehouse.mcp.StreamableHttp.Posted;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.util.List;

/** The MCP endpoint: one message a request; the answer is a document, or a stream where it may take long. */
final class McpRoutes {
    private static final HeaderName VERSION = HeaderNames.create("MCP-Protocol-Version");
    private static final HeaderName METHOD = HeaderNames.create("Mcp-Method");
    private static final HeaderName NAME = HeaderNames.create("Mcp-Name");

    private final StreamableHttp mcp;

    McpRoutes(StreamableHttp mcp) {
        this.mcp = mcp;
    }

    List<Route> routes() {
        return List.of(Route.post("/mcp", Route.Access.CALLER_MAY_PAY, Route.Body.BYTES, this::post));
    }

    private void post(Exchange exchange) throws IOException, InterruptedException {
        var who = exchange.principal().via(Surface.MCP_HTTP);
        var headers = new McpHeaders(exchange.header(VERSION), exchange.header(METHOD), exchange.header(NAME));
        switch (mcp.take(who, headers, exchange.bytes())) {
            case Posted.Noted() -> exchange.empty(202);
            case Posted.Refused(var status, var error) -> exchange.json(status, error);
            case Posted.Request request
            when request.takesTime() && readsStreams(exchange) -> new McpStream(request).send(exchange);
            case Posted.Request request -> {
                var answer = request.work().answer(new Pending(request.id(), told -> {}));
                exchange.json(answer.status(), answer.message());
            }
        }
    }

    private static boolean readsStreams(Exchange exchange) {
        return exchange.header(HeaderNames.ACCEPT).orElse("").contains("text/event-stream");
    }
}
