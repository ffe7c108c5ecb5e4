package dev.gatehouse.web;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.dispatch.ArtifactFiles;
import dev.gatehouse.dispatch.Dispatcher;
import dev.gatehouse.gate.ActuateLease;
import dev.gatehouse.gate.Approvals;
import dev.gatehouse.gate.Credentials;
import dev.gatehouse.gate.Gate;
import dev.gatehouse.gate.LocalOperators;
import dev.gatehouse.gate.PinnedManifest;
import dev.gatehouse.mcp.McpService;
import dev.gatehouse.robot.Interlock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the routes work with.
 *
 * @param files bytes of what was kept of tasks
 * @param operators users of this machine, who need no token on the Unix socket
 * @param modelKeyAlwaysNeeded false if this server has an engine that needs no key
 * @param ready false while starting and while shutting down
 */
public record Services(
        Supplier<Credentials> credentials,
        LocalOperators operators,
        Dispatcher dispatcher,
        ArtifactFiles files,
        Gate gate,
        McpService mcp,
        Approvals approvals,
        Interlock interlock,
        ActuateLease lease,
        PinnedManifest manifest,
        AuditLog audit,
        boolean modelKeyAlwaysNeeded,
        BooleanSupplier ready) {}
