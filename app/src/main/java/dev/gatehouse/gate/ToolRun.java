package dev.gatehouse.gate;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditUnavailableException;
import dev.gatehouse.robot.Envelope;
import dev.gatehouse.robot.Permit;
import dev.gatehouse.robot.Progress;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.time.TimeLimit;
import dev.gatehouse.tool.Invocation;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.Steps;
import dev.gatehouse.tool.ToolResult;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what the gate let through, within a time, and records what it came to. The hand of the gate: nobody else holds one, and what
 * happens here was judged and recorded before.
 */
final class ToolRun {
    private static final Logger LOG = LoggerFactory.getLogger(ToolRun.class);
    private static final Duration STILL_LIMIT = Duration.ofSeconds(30);
    private static final Duration MOVING_LIMIT = Duration.ofMinutes(2);
    private static final Duration SETTLE = Duration.ofSeconds(4);

    private final Robot robot;
    private final AuditLog audit;
    private final GateRecords records;
    private final Ticker ticker;
    private final TimeLimit timeLimit;

    ToolRun(Robot robot, AuditLog audit, GateRecords records, Ticker ticker) {
        this.robot = robot;
        this.audit = audit;
        this.records = records;
        this.ticker = ticker;
        this.timeLimit = new TimeLimit(ticker, SETTLE);
    }

    /** A call that moves nothing. */
    ToolResult still(Request request, Optional<Approval> approval) {
        return run(request, approval, Optional.empty(), STILL_LIMIT, UnaryOperator.identity());
    }

    /** A call that moves, under a permit; what it came to is recorded as {@code told} tells it. */
    ToolResult moving(Request request, Optional<Approval> approval, Permit permit, UnaryOperator<ToolResult> told) {
        return run(request, approval, Optional.of(permit), MOVING_LIMIT, told);
    }

    /** A stop: at once, on the caller's thread, with nothing before it. */
    ToolResult stop(Request request) throws InterruptedException {
        return request.tool()
                .orElseThrow()
                .function()
                .run(new Invocation(
                        request.call(),
                        new Operation.Stop(),
                        Envelope.undeclared(),
                        false,
                        Optional.empty(),
                        Progress.none(),
                        request.declared().sha256(),
                        request.principal().caller(),
                        Optional.empty()));
    }

    /** A call that is made of calls: on the caller's thread and without a time of its own, because each of its parts has one. */
    ToolResult composed(Request request, Optional<Approval> approval, Steps steps) {
        ToolResult result;
        try {
            result = request.tool()
                    .orElseThrow()
                    .function()
                    .run(invocation(request, approval, Optional.empty(), Optional.of(steps)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result = stopped(Optional.empty());
        } catch (RuntimeException e) {
            result = failed(request, Optional.empty(), e);
        }
        record(request, approval, result, false);
        return result;
    }

    private ToolResult run(
            Request request,
            Optional<Approval> approval,
            Optional<Permit> permit,
            Duration limit,
            UnaryOperator<ToolResult> told) {
        var invocation = invocation(request, approval, permit, Optional.empty());
        var tool = request.tool().orElseThrow();
        var until =
                request.task().map(task -> task.deadline().atMost(limit)).orElseGet(() -> Deadline.in(limit, ticker));
        var came = switch (timeLimit.run(() -> tool.function().run(invocation), until, () -> cut(request, permit))) {
            case TimeLimit.Result.Done<ToolResult>(var value) -> value;
            case TimeLimit.Result.Failed<ToolResult>(var cause) -> failed(request, permit, cause);
            case TimeLimit.Result.Cut<ToolResult>(var ended) -> ended ? stopped(permit) : leftBehind(permit);
        };
        var result = told.apply(overrun(request, permit, until, came));
        record(request, approval, result, permit.isPresent());
        if (permit.map(Permit::endedByLatch).orElse(false)) {
            request.task().ifPresent(TaskScope::robotStopped);
        }
        return result;
    }

    /**
     * A motion of a tool server that was cut because the time of a call was over: that it reported to be stopped says nothing of what
     * it had done by then. The end of a task's time is like a cancel instead (D10.4).
     */
    private static ToolResult overrun(Request request, Optional<Permit> permit, Deadline until, ToolResult came) {
        return request.operation().orElse(null) instanceof Operation.Forward
                        && permit.isPresent()
                        && came.outcome() == ToolResult.Outcome.ABORTED
                        && until.passed()
                        && request.task().map(task -> !task.deadline().passed()).orElse(true)
                ? leftBehind(permit)
                : came;
    }

    private static Invocation invocation(
            Request request, Optional<Approval> approval, Optional<Permit> permit, Optional<Steps> steps) {
        var envelope =
                request.declared() instanceof Declared.Present declared ? declared.envelope() : Envelope.undeclared();
        return new Invocation(
                request.call(),
                request.operation().orElseThrow(),
                envelope,
                approval.isPresent(),
                permit,
                request.progress(),
                request.declared().sha256(),
                request.principal().caller(),
                steps);
    }

    /** Ends a motion whose caller is gone or whose time is over; if the body does not confirm, the interlock latches. */
    private void cut(Request request, Optional<Permit> permit) {
        if (permit.isPresent() && permit.get().live()) {
            var stop = robot.interlock().protectiveStop("the call was cut");
            request.task()
                    .ifPresent(task ->
                            task.witness(new GateEvent.Halted(request.call().id(), stop)));
        }
    }

    /** A stop that comes as an interrupt before the driver has noticed it reads like one that the driver noticed. */
    private static ToolResult stopped(Optional<Permit> permit) {
        return permit.map(Permit::endedByLatch).orElse(false)
                ? ToolResult.refused(
                        ToolResult.Outcome.ABORTED, false, "estop", "the stop latch was set during the motion")
                : ToolResult.refused(ToolResult.Outcome.ABORTED, true, "stopped", "the call was stopped");
    }

    private static ToolResult leftBehind(Optional<Permit> permit) {
        return permit.isPresent()
                ? ToolResult.refused(
                        ToolResult.Outcome.UNKNOWN, true, "tool_timeout", "the call did not end; its effect is unknown")
                : ToolResult.refused(ToolResult.Outcome.ERROR, true, "tool_timeout", "the call did not end in time");
    }

    private ToolResult failed(Request request, Optional<Permit> permit, Exception cause) {
        LOG.error(
                "tool {} failed inside, call {}",
                request.call().tool(),
                request.call().id(),
                cause);
        return ToolResult.refused(
                permit.isPresent() ? ToolResult.Outcome.UNKNOWN : ToolResult.Outcome.ERROR,
                true,
                "internal",
                "internal error; see the log of the server for "
                        + request.call().id());
    }

    /** An outcome that cannot be written stays visible as an intent without one, and is called unknown later. */
    private void record(Request request, Optional<Approval> approval, ToolResult result, boolean moved) {
        var entry = records.outcome(request, approval, result);
        if (!moved) {
            audit.note(entry);
        } else if (result.outcome() != ToolResult.Outcome.UNKNOWN) {
            try {
                audit.write(entry);
            } catch (AuditUnavailableException e) {
                LOG.error(
                        "the outcome of call {} could not be recorded",
                        request.call().id());
            }
        }
    }
}
