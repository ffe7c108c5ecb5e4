package dev.gatehouse.agent.rehearsal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a response ended, in the words of the Messages API. */
enum StopReason {
    END_TURN,
    TOOL_USE,
    MAX_TOKENS,
    REFUSAL,
    PAUSE_TURN,
    STOP_SEQUENCE,
    MODEL_CONTEXT_WINDOW_EXCEEDED;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<StopReason> of(String wire) {
        return Arrays.stream(values())
                .filter(reason -> reason.wire().equals(wire))
                .findFirst();
    }
}
