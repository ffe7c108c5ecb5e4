package dev.gatehouse.cli;

import dev.gatehouse.agent.embedded.EngineSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model works on orders that name none, where it is asked, and what models cost; its verb takes {@link ServeVariables} for defaults. */
final class ModelOptions {
    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = EngineSettings.DEFAULT_MODEL,
            description = "Model of orders that name none (GATEHOUSE_MODEL). Default: ${DEFAULT-VALUE}.")
    private String model = EngineSettings.DEFAULT_MODEL;

    @Option(
            names = "--model-url",
            paramLabel = "URL",
            description = "Messages API endpoint (GATEHOUSE_MODEL_URL). Default: the provider's public one.")
    private @Nullable URI modelUrl;

    @Option(
            names = "--prices",
            paramLabel = "FILE",
            description = "What models cost (GATEHOUSE_PRICES). Default: built in.")
    private @Nullable Path prices;

    String model() {
        return model;
    }

    URI url() {
        return modelUrl == null ? EngineSettings.PUBLIC_API : modelUrl;
    }

    Optional<Path> prices() {
        return Optional.ofNullable(prices);
    }
}
