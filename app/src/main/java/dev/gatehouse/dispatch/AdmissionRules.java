package dev.gatehouse.dispatch;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.gate.ActuateLease;
import dev.gatehouse.gate.Credentials;
import dev.gatehouse.gate.Declared;
import dev.gatehouse.gate.PinnedManifest;
import dev.gatehouse.gate.Policy;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.gate.Tier;
import dev.gatehouse.robot.Interlock;
import dev.gatehouse.robot.InterlockState;
import dev.gatehouse.robot.StopReport;
import dev.gatehouse.tool.Effect;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What stands between an order and a task, apart from capacity (dispatcher.md 3.3, steps 9, 11 and 13). */
public final class AdmissionRules {
    private final Supplier<Policy> policy;
    private final PinnedManifest manifest;
    private final Interlock interlock;
    private final ActuateLease lease;
    private final AuditLog audit;
    private final Credentials credentials;

    public AdmissionRules(
            Supplier<Policy> policy,
            PinnedManifest manifest,
            Interlock interlock,
            ActuateLease lease,
            AuditLog audit,
            Credentials credentials) {
        this.credentials = credentials;
        this.policy = policy;
        this.manifest = manifest;
        this.interlock = interlock;
        this.lease = lease;
        this.audit = audit;
    }

    /** The policy in force. */
    Policy policy() {
        return policy.get();
    }

    ActuateLease lease() {
        return lease;
    }

    /** Hash of the manifest that a task created now is held to. */
    String manifestSha256() {
        return manifest.pin();
    }

    /** Why this caller could never have this order, in the order of the specification (3.3, steps 7 and 9). */
    Optional<Refusal> unfit(Principal principal, Order order) {
        return permission(principal, order).or(() -> caps(principal, order));
    }

    /** The first reason to refuse it now (3.3, steps 11 and 12). */
    Optional<Refusal> obstacle(Principal principal, Order order, int openTasks) {
        return manifestState(order).or(() -> latch(order)).or(() -> taskCount(principal, openTasks));
    }

    private static Optional<Refusal> permission(Principal principal, Order order) {
        if (!principal.reads()) {
            return Optional.of(
                    Refusal.of(Refusal.Code.TIER_REQUIRED, "dispatch needs tier read; this credential has tier none"));
        }
        return order.effect() == Effect.ACTUATE && principal.tier() != Tier.ACTUATE
                ? Optional.of(Refusal.of(
                        Refusal.Code.TIER_REQUIRED,
                        "effect actuate needs tier actuate; this credential has tier "
                                + principal.tier().wire()))
                : Optional.empty();
    }

    private Optional<Refusal> caps(Principal principal, Order order) {
        var limits = principal.limits();
        if (limits.maxTurns().isPresent()
                && order.maxTurns() > limits.maxTurns().get()) {
            return over("max_turns", "must be at most " + limits.maxTurns().get() + " for this credential");
        }
        if (limits.maxBudgetMicros().isPresent()
                && order.maxBudgetMicros() > limits.maxBudgetMicros().get()) {
            var usd = Task.usd(limits.maxBudgetMicros().get()).toPlainString();
            return over("max_budget_usd", "must be at most " + usd + " for this credential");
        }
        if (order.deadline().compareTo(policy().maxDeadline()) > 0) {
            return over(
                    "deadline_s", "must be at most " + policy().maxDeadline().toSeconds());
        }
        if (order.stream() == StreamLevel.FULL && !limits.fullStream()) {
            return over("stream", "full is not allowed for this credential");
        }
        if (order.onDisconnect().isPresent()
                && !policy().disconnectAllowed()
                        .contains(order.onDisconnect().get().wire())) {
            return over("on_disconnect", "is not allowed by the operator");
        }
        if (policy().requireDeadMan()
                && order.arrival().relayed()
                && order.effect() == Effect.ACTUATE
                && order.deadMan().isEmpty()) {
            return over("deadman_s", "is needed for orders that may move the robot and come through a proxy");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> over(String field, String message) {
        return Optional.of(Refusal.fields(
                Refusal.Code.OVER_LIMIT,
                field + " " + message,
                List.of(new Refusal.FieldError(field, message, "over_limit"))));
    }

    private Optional<Refusal> manifestState(Order order) {
        var now = manifest.now();
        if (!now.sha256().equals(manifest.pin())) {
            return Optional.of(Refusal.of(
                    Refusal.Code.MANIFEST_CHANGED, "ROBOT.md changed; the operator must look at it and reload"));
        }
        var usable = now instanceof Declared.Present present && present.valid();
        return order.effect() == Effect.ACTUATE && !usable
                ? Optional.of(Refusal.of(
                        Refusal.Code.MANIFEST_INVALID, "ROBOT.md has errors; only observing tasks are taken"))
                : Optional.empty();
    }

    /** Whether somebody's credential still grants what it did when they asked. */
    boolean granted(Principal principal) {
        return credentials.covers(principal);
    }

    /** Whether the robot is stopped. */
    boolean latched() {
        return interlock.state().latched();
    }

    /** The stop at this moment. */
    InterlockState interlock() {
        return interlock.state();
    }

    /** Stops the robot without latching it, unless it does not confirm. */
    StopReport protectiveStop(String reason) {
        return interlock.protectiveStop(reason);
    }

    private Optional<Refusal> latch(Order order) {
        return order.effect() == Effect.ACTUATE && latched()
                ? Optional.of(Refusal.of(
                        Refusal.Code.ESTOP_LATCHED, "the robot is stopped; a person must clear the stop first"))
                : Optional.empty();
    }

    /** Why a credential with so many open tasks gets no other one (D9.6). */
    static Optional<Refusal> taskCount(Principal principal, int openTasks) {
        var most = principal.limits().maxTasks();
        return most.isPresent() && openTasks >= most.get()
                ? Optional.of(Refusal.later(
                        Refusal.Code.TOO_MANY_TASKS, "this credential already has " + openTasks + " open tasks", 5))
                : Optional.empty();
    }

    /** What cannot be recorded is not begun. */
    Optional<Refusal> auditObstacle() {
        return audit.health().ok()
                ? Optional.empty()
                : Optional.of(Refusal.later(Refusal.Code.AUDIT_UNAVAILABLE, "the audit cannot be written now", 10));
    }
}
