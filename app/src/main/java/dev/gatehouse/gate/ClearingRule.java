package dev.gatehouse.gate;

import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Robot;
import java.util.Optional;

/** When a call may open the latch at all: what no person's agreement could change is said before anybody is asked (robot-md.md 10.8). */
final class ClearingRule {
    private final Robot robot;

    ClearingRule(Robot robot) {
        this.robot = robot;
    }

    Optional<Verdict.Deny> judge(Request request) {
        if (!request.policy().mcpEstopClear()) {
            var detail = Json.object().put("scope", "system");
            detail.putArray("scopes").add("system");
            detail.putNull("approval_id");
            return Optional.of(Verdict.Deny.blocked(
                            Step.APPROVAL, "hitl_required", "hitl_gate", "a person clears the stop, not a tool")
                    .with(detail));
        }
        if (robot.interlock().state().unacked()) {
            return Optional.of(denies("stop_unconfirmed", "the robot has not confirmed the stop"));
        }
        return robot.driver().map(driver -> driver.state().hardwareEstop()).orElse(false)
                ? Optional.of(denies("hardware_estop", "the hardware stop is pressed or missing"))
                : Optional.empty();
    }

    private static Verdict.Deny denies(String reason, String message) {
        return Verdict.Deny.blocked(Step.INTERLOCK, reason, reason, message);
    }
}
