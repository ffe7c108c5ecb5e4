package dev.gatehouse.gate;

import dev.gatehouse.robot.Progress;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolCall;
import java.util.Optional;

/**
 * One call at the gate with everything the rules look at, read once so that all of them judge the same thing.
 *
 * @param tool empty if nobody knows the name
 * @param problem what is wrong with the arguments
 * @param operation what the call would do; empty if the tool is unknown or the arguments are wrong
 * @param effect of this operation; of the tool at its worst where the operation is not known
 * @param policy what the operator allows: to the task, if there is one
 * @param argumentsSha256 of the canonical arguments, which an approval is bound to
 * @param progress hears how far a motion has come
 * @param latching which latching of the stop was the latest when the call began, or the plan that it is a step of
 */
record Request(
        Principal principal,
        Optional<TaskScope> task,
        ToolCall call,
        Optional<Tool> tool,
        Optional<String> problem,
        Optional<Operation> operation,
        Effect effect,
        Policy policy,
        Declared declared,
        String argumentsSha256,
        Progress progress,
        long latching) {

    String taskId() {
        return task.map(TaskScope::taskId).orElse("");
    }
}
