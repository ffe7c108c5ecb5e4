package dev.gatehouse.web;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.dispatch.Dispatcher;
import dev.gatehouse.gate.ActuateLease;
import dev.gatehouse.gate.Declared;
import dev.gatehouse.gate.PinnedManifest;
import dev.gatehouse.gate.Role;
import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Interlock;
import java.util.List;
import java.util.function.BooleanSupplier;

/** How the server is, and who one is to it (dispatcher.md 3.1). */
final class StatusRoutes {
    private final BooleanSupplier ready;
    private final Dispatcher dispatcher;
    private final Interlock interlock;
    private final ActuateLease lease;
    private final PinnedManifest manifest;
    private final AuditLog audit;

    StatusRoutes(
            BooleanSupplier ready,
            Dispatcher dispatcher,
            Interlock interlock,
            ActuateLease lease,
            PinnedManifest manifest,
            AuditLog audit) {
        this.ready = ready;
        this.dispatcher = dispatcher;
        this.interlock = interlock;
        this.lease = lease;
        this.manifest = manifest;
        this.audit = audit;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/healthz", Route.Access.OPEN, this::health),
                Route.get("/v1/status", Route.Access.CALLER, this::status),
                Route.get("/v1/whoami", Route.Access.CALLER, StatusRoutes::whoami));
    }

    /** The one thing a stranger may know, and not a word more (threats.md T24.1). */
    private void health(Exchange exchange) {
        var ok = ready.getAsBoolean();
        if (!ok) {
            exchange.respondHeader("Retry-After", "5");
        }
        exchange.json(ok ? 200 : 503, Json.object().put("ok", ok));
    }

    private void status(Exchange exchange) {
        var out = Json.object();
        out.set("interlock", interlock.state().json());
        lease.holder()
                .ifPresentOrElse(
                        grant -> out.putObject("lease").put("generation", grant.generation()),
                        () -> out.putNull("lease"));
        var declared = manifest.now();
        out.putObject("manifest")
                .put("readable", declared instanceof Declared.Present)
                .put("valid", declared instanceof Declared.Present present && present.valid())
                .put("changed", !declared.sha256().equals(manifest.pin()))
                .put("sha256", declared.sha256());
        out.putObject("audit").put("ok", audit.health().ok()).put("last_seq", audit.lastSeq());
        out.put("open_tasks", dispatcher.open());
        exchange.json(200, out);
    }

    private static void whoami(Exchange exchange) {
        var who = exchange.principal();
        var out =
                Json.object().put("caller", who.caller()).put("tier", who.tier().wire());
        out.set("roles", Json.tree(who.roles().stream().map(Role::wire).sorted().toList()));
        out.put("credential_id", who.credentialId())
                .put("surface", who.surface().wire());
        exchange.json(200, out);
    }
}
