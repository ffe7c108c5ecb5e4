package dev.gatehouse.agent.rehearsal;

import java.util.List;
import java.util.Optional;

/**
 * One response of the script.
 *
 * @param repeat how many responses in a row this turn gives before the next turn is due; {@link #FOREVER} for no end
 */
record Turn(
        Optional<Template> say,
        Optional<Template> think,
        List<Call> calls,
        When when,
        Optional<StopReason> stop,
        ScriptedUsage usage,
        Optional<Pace> pace,
        Optional<Fault> fault,
        int repeat) {
    static final int FOREVER = Integer.MAX_VALUE;

    Turn {
        calls = List.copyOf(calls);
    }

    Turn paced(Pace other) {
        return new Turn(say, think, calls, when, stop, usage, pace.or(() -> Optional.of(other)), fault, repeat);
    }
}
