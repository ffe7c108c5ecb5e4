package dev.gatehouse.web;

import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.gate.Gate;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.tool.ToolCall;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Direct calls: one tool, one answer, through the same gate as everything else. */
final class ToolRoutes {
    private final Gate gate;
    private final Ids ids;

    ToolRoutes(Gate gate, Ids ids) {
        this.gate = gate;
        this.ids = ids;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/tools", Route.Access.CALLER, this::list),
                Route.post("/v1/tools/{name}", Route.Access.CALLER_MAY_PAY, Route.Body.JSON, this::call));
    }

    private void list(Exchange exchange) {
        var out = Json.object();
        var tools = out.putArray("tools");
        gate.toolbox().tools().stream().filter(exchange.principal()::sees).forEach(tool -> tools.add(tool.surface()));
        exchange.json(200, out);
    }

    private void call(Exchange exchange) throws RefusedException, InterruptedException {
        if (!(exchange.body() instanceof ObjectNode arguments)) {
            throw new RefusedException(Refusal.Code.INVALID_REQUEST, "the body must be an object: the arguments");
        }
        var call = new ToolCall(ids.mint(Ids.Kind.CALL), exchange.path("name"), arguments);
        var result = gate.call(exchange.principal(), call);
        var out = Json.object().put("call_id", call.id()).put("is_error", result.isError());
        out.put("text", result.readable());
        result.structured().ifPresent(structured -> out.set("result", structured));
        exchange.json(200, out);
    }
}
