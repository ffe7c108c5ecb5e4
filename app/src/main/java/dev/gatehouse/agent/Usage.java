package dev.gatehouse.agent;

/**
 * The tokens of one response, or of several, by price class. Thinking is part of the output (E4.5).
 *
 * @param inputTokens prompt tokens that were neither read from nor written to a cache
 * @param inferenceUs whether the answer says that it was computed in the US, which costs more
 */
public record Usage(
        long inputTokens,
        long outputTokens,
        long cacheReadTokens,
        long cacheWrite5mTokens,
        long cacheWrite1hTokens,
        boolean inferenceUs) {
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, false);

    public Usage {
        if (inputTokens < 0
                || outputTokens < 0
                || cacheReadTokens < 0
                || cacheWrite5mTokens < 0
                || cacheWrite1hTokens < 0) {
            throw new IllegalArgumentException("negative token count");
        }
    }

    /** All tokens of the prompt, whatever their price class. */
    public long promptTokens() {
        return Math.addExact(
                Math.addExact(inputTokens, cacheReadTokens), Math.addExact(cacheWrite5mTokens, cacheWrite1hTokens));
    }

    public Usage plus(Usage other) {
        return new Usage(
                Math.addExact(inputTokens, other.inputTokens),
                Math.addExact(outputTokens, other.outputTokens),
                Math.addExact(cacheReadTokens, other.cacheReadTokens),
                Math.addExact(cacheWrite5mTokens, other.cacheWrite5mTokens),
                Math.addExact(cacheWrite1hTokens, other.cacheWrite1hTokens),
                inferenceUs || other.inferenceUs);
    }
}
