package dev.gatehouse.tool;

import dev.gatehouse.secret.Secret;
import java.util.Optional;

/**
 * Who pays for what a model does for a call, and how much at most.
 *
 * @param credentialId whose account of the day it is
 * @param dailyMicros micro-dollars a UTC day; empty if only the day of all callers limits it (D10.3)
 * @param budgetMicros micro-dollars for one piece of work; empty if the server's own limit holds
 * @param key of the model, if one came with the call
 */
public record Payer(
        String credentialId, Optional<Long> dailyMicros, Optional<Long> budgetMicros, Optional<Secret> key) {}
