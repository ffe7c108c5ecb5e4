package dev.gatehouse.agent;

import dev.gatehouse.dispatch.ArtifactFiles;
import dev.gatehouse.dispatch.Ending;
import dev.gatehouse.dispatch.Executor;
import dev.gatehouse.dispatch.LiveTask;
import dev.gatehouse.dispatch.Order;
import dev.gatehouse.gate.Gate;
import dev.gatehouse.gate.Principal;

/** Works on tasks that are one call of a tool, made by the caller itself and not by a model. */
public final class CallExecutor implements Executor {
    private static final String NOBODY = "none";

    private final Gate gate;
    private final ArtifactFiles files;

    public CallExecutor(Gate gate, ArtifactFiles files) {
        this.gate = gate;
        this.files = files;
    }

    @Override
    public Preparation prepare(Principal principal, Order order) {
        return new Preparation.Ready(NOBODY, NOBODY, false, false);
    }

    @Override
    public Ending execute(LiveTask task) {
        return Ending.of(
                new TaskCalls(gate, task, files).make(task.order().call().orElseThrow(), 0));
    }
}
