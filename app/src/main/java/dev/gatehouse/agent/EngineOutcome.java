package dev.gatehouse.agent;

/** The one way in which a run ended (E1.1). The Task turns it into its terminal result; an engine never writes that itself. */
public sealed interface EngineOutcome {
    /** The model said it was done. Says nothing about the truth of its text. */
    record Completed(String summary) implements EngineOutcome {}

    /** The model declined to go on. */
    record Refused(FailureCode code, String message) implements EngineOutcome {}

    /** The last permitted response arrived and wanted to go on (D10.1). */
    record MaxTurns() implements EngineOutcome {}

    /** The worst case of the next call did not fit, however small it was made (E4.3). */
    record BudgetExceeded() implements EngineOutcome {}

    /** A fault; the message is our own text and holds nothing of any response body (E2.10). */
    record Failed(FailureCode code, String message) implements EngineOutcome {}

    /** A stop cause from outside, or the deadline, ended the run. The cause is the name given to {@link StopSignal#stop}. */
    record Stopped(String cause) implements EngineOutcome {
        /** The cause when the engine itself found its deadline passed. */
        public static final String DEADLINE = "deadline";
    }
}
