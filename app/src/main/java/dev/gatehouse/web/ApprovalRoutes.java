package dev.gatehouse.web;

import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.gate.Approval;
import dev.gatehouse.gate.Approvals;
import dev.gatehouse.json.Json;
import java.util.List;

/** Where people decide (dispatcher.md section 7). */
final class ApprovalRoutes {
    private final Approvals approvals;

    ApprovalRoutes(Approvals approvals) {
        this.approvals = approvals;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/approvals", Route.Access.CALLER, this::list),
                Route.get("/v1/approvals/{aid}", Route.Access.CALLER, this::show),
                Route.post("/v1/approvals/{aid}", Route.Access.CALLER, Route.Body.JSON, this::decide),
                Route.post("/v1/tasks/{id}/approvals/{aid}", Route.Access.CALLER, Route.Body.JSON, this::decide));
    }

    private static void needsApprove(Exchange exchange) throws RefusedException {
        if (!Approvals.mayDecide(exchange.principal())) {
            throw new RefusedException(Refusal.Code.ROLE_REQUIRED, "needs the role approve");
        }
    }

    private void list(Exchange exchange) throws RefusedException {
        needsApprove(exchange);
        var state = exchange.query("state");
        var out = Json.object();
        var list = out.putArray("approvals");
        approvals.list().stream()
                .filter(a -> exchange.principal().has(a.decider()))
                .filter(a -> state.isEmpty() || a.state().wire().equals(state.get()))
                .forEach(a -> list.add(a.toJson()));
        exchange.json(200, out);
    }

    private void show(Exchange exchange) throws RefusedException {
        needsApprove(exchange);
        exchange.json(200, find(exchange).toJson());
    }

    private Approval find(Exchange exchange) throws RefusedException {
        return approvals
                .find(exchange.path("aid"))
                .filter(a -> exchange.principal().has(a.decider()))
                .orElseThrow(() -> new RefusedException(Refusal.Code.NOT_FOUND, "Not Found"));
    }

    private void decide(Exchange exchange) throws RefusedException {
        needsApprove(exchange);
        var decision = exchange.body().path("decision").asString("");
        if (!decision.equals("approve") && !decision.equals("deny")) {
            throw invalid("decision", "must be approve or deny");
        }
        var digest = exchange.body().path("arguments_sha256").asString("");
        if (digest.isEmpty()) {
            throw invalid("arguments_sha256", "is required: the digest that the approval shows");
        }
        var reason = exchange.body().path("reason").asString("");
        if (reason.length() > 500) {
            throw invalid("reason", "must be at most 500 characters");
        }
        var answer = approvals.decide(
                exchange.path("aid"), exchange.principal(), decision.equals("approve"), digest, reason);
        switch (answer) {
            case Approvals.Decision.Taken(var approval, var token) -> {
                var out = approval.toJson();
                token.ifPresent(secret -> out.put("confirm_token", secret.reveal()));
                exchange.json(200, out);
            }
            case Approvals.Decision.Refused(var code) -> throw refused(code);
        }
    }

    private static RefusedException invalid(String field, String rule) {
        return new RefusedException(Refusal.fields(
                Refusal.Code.INVALID_REQUEST,
                field + " " + rule,
                List.of(new Refusal.FieldError(field, rule, "invalid"))));
    }

    private static RefusedException refused(Approvals.Decision.Code code) {
        return switch (code) {
            case NOT_AN_APPROVER -> new RefusedException(Refusal.Code.ROLE_REQUIRED, "needs the role approve");
            case NOT_FOUND -> new RefusedException(Refusal.Code.NOT_FOUND, "Not Found");
            case ALREADY_DECIDED -> new RefusedException(Refusal.Code.ALREADY_DECIDED, "somebody decided before");
            case APPROVAL_EXPIRED -> new RefusedException(Refusal.Code.APPROVAL_EXPIRED, "nobody decided in time");
            case APPROVAL_MISMATCH ->
                new RefusedException(Refusal.Code.APPROVAL_MISMATCH, "the call is not the one with this digest");
            case OWN_REQUEST ->
                new RefusedException(Refusal.Code.ROLE_REQUIRED, "nobody approves a call of their own credential");
        };
    }
}
