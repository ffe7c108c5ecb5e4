package dev.gatehouse.robot;

/**
 * What to do when the hardware does not confirm a stop: kill the motion process, cut the power (D8.4).
 *
 * @param name as the policy lists it, such as {@code kill_motion}
 */
public record Escalation(String name, Step step) {
    /** The act itself. It has two seconds; then the next one starts. */
    @FunctionalInterface
    public interface Step {
        /** Does it; any exception is reported and does not keep the next step from running. */
        void run() throws Exception;
    }
}
