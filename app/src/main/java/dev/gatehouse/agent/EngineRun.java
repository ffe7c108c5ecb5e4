package dev.gatehouse.agent;

import java.time.Duration;

/**
 * What a run came to.
 *
 * @param turns complete model responses received (E2.4)
 * @param modelTime time spent waiting for the model, for {@code duration_api_ms}
 */
public record EngineRun(EngineOutcome outcome, int turns, Duration modelTime) {}
