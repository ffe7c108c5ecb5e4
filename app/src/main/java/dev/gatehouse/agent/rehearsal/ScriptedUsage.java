package dev.gatehouse.agent.rehearsal;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Token numbers as far as a script states them. Input and output that are not stated follow from sizes, the others are 0.
 *
 * @param inferenceGeo what the answer says about where it was computed; {@code us} costs more (E4.8)
 */
record ScriptedUsage(
        OptionalInt input,
        OptionalInt output,
        long cacheRead,
        long cacheWrite5m,
        long cacheWrite1h,
        Optional<String> inferenceGeo) {
    static final ScriptedUsage NONE =
            new ScriptedUsage(OptionalInt.empty(), OptionalInt.empty(), 0, 0, 0, Optional.empty());

    /** The numbers to report for a request and an answer of the given sizes in UTF-8 bytes: a quarter of them, rounded up. */
    Usage resolve(long requestBytes, long answerBytes) {
        return new Usage(
                input.isPresent() ? input.getAsInt() : quarter(requestBytes),
                output.isPresent() ? output.getAsInt() : quarter(answerBytes),
                cacheRead,
                cacheWrite5m,
                cacheWrite1h,
                inferenceGeo);
    }

    private static long quarter(long bytes) {
        return Math.ceilDiv(bytes, 4);
    }
}
