package dev.gatehouse.agent;

/** Turns the goal of one agent Task into model calls and tool calls (engines.md section 1). */
public interface Engine extends AutoCloseable {
    /** Name and version as the {@code session} event shows them. */
    EngineInfo info();

    /**
     * Serves one Task from its first model call to its outcome, on the calling thread.
     *
     * <p>Ends within moments of {@link StopSignal#stop}, except that a tool call under way is ended by the tool view, which knows
     * the cancel procedure of the robot.
     *
     * @throws InterruptedException if the calling thread is interrupted; whatever was reserved and not settled counts as spent
     */
    EngineRun run(Session session) throws InterruptedException;

    /** Releases what runs share, such as pooled connections. */
    @Override
    void close();
}
