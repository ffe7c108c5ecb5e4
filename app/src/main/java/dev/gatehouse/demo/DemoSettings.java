package dev.gatehouse.demo;

import dev.gatehouse.secret.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the demonstration is given.
 *
 * @param robotMd manifest of a simulated arm, with its {@code scene.yaml} beside it
 * @param fast without the pauses that let a person read along
 * @param keep whether the state of the server stays on disk
 * @param modelKey the key of a real model; without one everything is rehearsed
 * @param model name of the real model
 * @param modelUrl Messages API endpoint of the real model
 */
public record DemoSettings(
        Path robotMd, boolean fast, boolean keep, Optional<Secret> modelKey, String model, URI modelUrl) {
    /** Dollars that one goal may cost with a real model. */
    static final String BUDGET_USD = "0.25";

    boolean rehearses() {
        return modelKey.isEmpty();
    }
}
