package dev.gatehouse.agent;

import dev.gatehouse.secret.Secret;
import dev.gatehouse.time.Deadline;
import java.util.HashSet;
import java.util.Optional;

/**
 * Everything a run needs, and nothing of any other Task (E1.5).
 *
 * @param systemText built by {@link SystemText}
 * @param maxTurns complete model responses at most, 1 to 100
 * @param key the caller's model key; empty only towards an endpoint that needs none
 * @param deltas whether {@link EngineSink#textDelta} is wanted
 */
public record Session(
        String taskId,
        String goal,
        String systemText,
        String model,
        int maxTurns,
        Optional<Secret> key,
        ToolView tools,
        Spend spend,
        Deadline deadline,
        EngineSink sink,
        StopSignal stop,
        boolean deltas) {
    /** @throws IllegalArgumentException if two tools share a name (E1.2) or a number is out of its range */
    public Session {
        if (maxTurns < 1 || maxTurns > 100) {
            throw new IllegalArgumentException("max turns out of 1..100: " + maxTurns);
        }
        var names = new HashSet<String>();
        for (var tool : tools.tools()) {
            if (!names.add(tool.name())) {
                throw new IllegalArgumentException("two tools are called " + tool.name());
            }
        }
    }

    /** Shows the Task only: goals and system texts do not belong in logs. */
    @Override
    public String toString() {
        return "Session[" + taskId + "]";
    }
}
