package dev.gatehouse.agent;

import dev.gatehouse.dispatch.Ending;
import dev.gatehouse.dispatch.LiveTask;
import dev.gatehouse.dispatch.TaskState;
import dev.gatehouse.gate.Gate;
import dev.gatehouse.tool.Effect;
import java.util.Optional;

/**
 * What has to hold before the first model call of a task: the tools are those that were pinned, and the robot may move if the task may
 * move it (engines.md E1.7). Both were so when the order was taken, which may be long ago. The money is {@link Spend}'s business, which
 * lets no call be made that is not reserved.
 */
final class Readiness {
    private final Gate gate;

    Readiness(Gate gate) {
        this.gate = gate;
    }

    /** How the task ends instead of beginning, if something does not hold. */
    Optional<Ending> obstacle(LiveTask task) {
        return drift(task).or(() -> robot(task));
    }

    private Optional<Ending> drift(LiveTask task) {
        var now = gate.toolbox().drift();
        if (now.isPresent()) {
            return ending(TaskState.TOOL_DRIFT, now.get().code(), now.get().message());
        }
        var offered = gate.toolbox().surfaceSha256();
        return task.policy().surfacePin().map(offered::equals).orElse(true)
                ? Optional.empty()
                : ending(TaskState.TOOL_DRIFT, "tool_drift", "the tools are not those that the operator pinned");
    }

    private Optional<Ending> robot(LiveTask task) {
        if (task.ceiling() != Effect.ACTUATE) {
            return Optional.empty();
        }
        if (gate.stopped()) {
            return ending(TaskState.ESTOPPED, "estop_latched", "the robot was stopped before the task began");
        }
        return gate.mayMove(task)
                ? Optional.empty()
                : ending(TaskState.FAILED, "lease_lost", "the task does not hold the right to move the robot");
    }

    private static Optional<Ending> ending(TaskState state, String code, String message) {
        return Optional.of(Ending.of(state, "", Optional.of(new Ending.Fault(code, message))));
    }
}
