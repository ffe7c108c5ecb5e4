package dev.gatehouse.agent.rehearsal;

/**
 * How fast an answer is written, for people who watch. Without a pace nothing waits.
 *
 * @param firstMs milliseconds before the first byte of the answer
 * @param chunkChars characters of text, thinking or arguments in one delta, at least 1
 * @param chunkMs milliseconds before each delta
 */
record Pace(int firstMs, int chunkChars, int chunkMs) {
    /** Long enough that ordinary answers have few deltas, short enough that they have more than one. */
    static final int CHUNK_CHARS = 40;

    static final Pace NONE = new Pace(0, CHUNK_CHARS, 0);

    /** Reading speed: a person can follow, and a demo of three turns stays under half a minute. */
    static final Pace DEMO = new Pace(400, 12, 30);
}
