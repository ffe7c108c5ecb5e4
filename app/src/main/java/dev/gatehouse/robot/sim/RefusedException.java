package dev.gatehouse.robot.sim;

import dev.gatehouse.robot.Plan;

/** Carries a refusal out of the steps of a draft; it never leaves the planner. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Plan.Infeasible why;

    RefusedException(String reason, String message) {
        super(message, null, false, false);
        this.why = new Plan.Infeasible(reason, message);
    }

    Plan.Infeasible why() {
        return why;
    }
}
