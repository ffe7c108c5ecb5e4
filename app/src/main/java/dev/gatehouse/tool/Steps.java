package dev.gatehouse.tool;

import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.OperationClass;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The way back to the door for a call that is made of calls: each step is judged, asked about and recorded as if it came by itself,
 * for the caller of the whole (robot-md.md 10.9). The gate hands it out, and nobody else can make one.
 */
public interface Steps {
    /** The manifest that the whole was judged by; no step is carried out under another one. */
    Manifest manifest();

    /** Who pays for a model that the whole asks. */
    Payer payer();

    /** What the door knows of a step before it is its turn; nothing happens and nobody is asked. */
    Prospect look(Step step);

    /** Whether the token that this step will need was carried here and is good now; it is spent when it is the step's turn. */
    boolean carriesToken(Step step);

    /** Puts the question of a step, if it needs a person; the id of the question, which grants nothing. */
    Optional<String> ask(Step step);

    /** Why no further step is carried out: a stop came since the whole began, or the manifest changed. */
    Optional<Prospect.Refused> overtaken();

    /**
     * Carries a step out.
     *
     * @throws InterruptedException if the caller gave up
     */
    ToolResult run(Step step) throws InterruptedException;

    /**
     * One step of a plan.
     *
     * @param plan id of the plan
     * @param number of the step in it, from 0
     * @param alone whether it is the only one that needs a person, so that a token for the whole is meant for it
     */
    record Step(String plan, int number, boolean alone, String tool, ObjectNode arguments) {}

    /** What the door knows of a step in advance. What depends on how the robot will stand then is not among it. */
    sealed interface Prospect {
        /** It will not be let through. */
        record Refused(String reason, String message) implements Prospect {}

        /**
         * It may be.
         *
         * @param scopes that cover it, the one to ask for first
         * @param asked whether a person must agree
         */
        record Possible(OperationClass operationClass, List<String> scopes, boolean asked) implements Prospect {
            public Possible {
                scopes = List.copyOf(scopes);
            }
        }
    }
}
