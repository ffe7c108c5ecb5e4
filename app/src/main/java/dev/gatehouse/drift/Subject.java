package dev.gatehouse.drift;

import dev.gatehouse.secret.Secret;
import dev.gatehouse.server.ServerConfig.DriverChoice;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be looked at.
 *
 * @param policy empty for the built-in one
 * @param prices empty for the built-in list
 * @param models those the server is set up to use
 * @param modelUrl where a live check asks
 * @param live the key to ask a real model with; empty to ask none
 */
public record Subject(
        Path robotMd,
        DriverChoice driver,
        Optional<Path> policy,
        Optional<Path> prices,
        Set<String> models,
        URI modelUrl,
        Optional<Secret> live) {
    public Subject {
        models = Set.copyOf(models);
    }
}
