package dev.gatehouse.manifest;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * {@code brain.planning}: who plans for this robot, and how sure a plan must be (robot-md.md 10.9).
 *
 * @param model empty where the manifest leaves it to the server
 * @param confidenceGate replaces the thresholds that depend on the class of a step
 * @param timeout for one call of the planner
 */
public record Planning(String provider, Optional<String> model, OptionalDouble confidenceGate, Duration timeout) {
    private static final int DEFAULT_TIMEOUT_MS = 30_000;
    private static final int MAX_TIMEOUT_MS = 120_000;

    /** Empty if no provider is named. */
    static Optional<Planning> of(Section planning) {
        return planning.text("provider")
                .filter(provider -> !provider.isBlank())
                .map(provider -> new Planning(
                        provider,
                        planning.text("model").filter(model -> !model.isBlank()),
                        planning.number("confidence_gate"),
                        timeout(planning.number("timeout_ms"))));
    }

    private static Duration timeout(OptionalDouble declared) {
        var millis = declared.orElse(DEFAULT_TIMEOUT_MS);
        return Duration.ofMillis(millis < 1 ? DEFAULT_TIMEOUT_MS : (long) Math.min(millis, MAX_TIMEOUT_MS));
    }

    /** The confidence that a step must have at least. */
    public double threshold(String capability, OperationClass operationClass) {
        return confidenceGate.orElse(
                switch (operationClass) {
                    case READ_ONLY, PERCEPTION -> 0.5;
                    case ACTUATING -> OperationClass.isNavigating(capability) ? 0.85 : 0.9;
                    case SYSTEM, COMMISSIONING -> 0.95;
                });
    }
}
