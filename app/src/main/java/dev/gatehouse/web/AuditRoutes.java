package dev.gatehouse.web;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.gate.Role;
import dev.gatehouse.json.Json;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The record of everything that was asked and done, for those who look after the server (dispatcher.md 3.1, section 14). */
final class AuditRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(AuditRoutes.class);
    private static final String NDJSON = "application/x-ndjson";

    private final AuditLog audit;

    AuditRoutes(AuditLog audit) {
        this.audit = audit;
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/audit", Route.Access.CALLER, this::page));
    }

    /** As a document with what was found when the page was checked; as lines for those who keep a copy, each of which carries its hash. */
    private void page(Exchange exchange) throws RefusedException {
        needsAdmin(exchange);
        var after = exchange.number("after", 0, 0, Long.MAX_VALUE);
        var limit = (int) exchange.number("limit", 100, 1, 1000);
        try {
            var page = audit.page(after, limit);
            if (exchange.header(HeaderNames.ACCEPT).orElse("").contains(NDJSON)) {
                var lines = new StringBuilder();
                page.records().forEach(record -> lines.append(Json.line(record)).append('\n'));
                exchange.send(200, NDJSON, lines.toString());
                return;
            }
            var out = Json.object();
            out.set("records", Json.tree(page.records()));
            out.put("next_after", page.last(after));
            out.set("verification", page.verification());
            exchange.json(200, out);
        } catch (IOException e) {
            LOG.error("the audit cannot be read", e);
            throw new RefusedException(Refusal.Code.AUDIT_UNAVAILABLE, "the audit cannot be read now");
        }
    }

    static void needsAdmin(Exchange exchange) throws RefusedException {
        if (!exchange.principal().has(Role.ADMIN)) {
            throw new RefusedException(Refusal.Code.ROLE_REQUIRED, "needs the role admin");
        }
    }
}
