package dev.gatehouse.setup;

import java.nio.file.Path;

/**
 * What an operator asks for.
 *
 * @param directory holds the ROBOT.md and gets the files
 * @param program how this program was called, for the lines to copy
 * @param replace whether files of an earlier run may be replaced
 * @param delivery how the new tokens reach the operator
 */
public record SetupRequest(Path directory, String program, boolean replace, Delivery delivery) {

    /** How a token reaches the operator; there is no third way (D15.2). */
    public enum Delivery {
        /** Shown once; the raw token is never on disk. */
        SHOWN,
        /** Written to {@code actuate.token}, readable by the owner only, and never shown. */
        WRITTEN
    }
}
