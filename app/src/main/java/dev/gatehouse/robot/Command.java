package dev.gatehouse.robot;

import tools.jackson.databind.node.ObjectNode;

/**
 * One order to the body.
 *
 * @param requestId who asks, for the motion lock and the records
 * @param args arguments, already checked against the capability's schema
 * @param envelope the limits of the manifest
 * @param dryRun plan only; nothing moves
 */
public record Command(String requestId, String capability, ObjectNode args, Envelope envelope, boolean dryRun) {
    public Command {
        args = args.deepCopy();
    }

    /** A copy, so that nobody can change what was checked. */
    @Override
    public ObjectNode args() {
        return args.deepCopy();
    }
}
