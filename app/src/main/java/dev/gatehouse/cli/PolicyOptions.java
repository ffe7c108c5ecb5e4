package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which policy a verb goes by, and the file its defaults come from; its verb takes {@link ServeVariables} for them. */
final class PolicyOptions {
    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The operator's policy (GATEHOUSE_POLICY). Default: built in.")
    private @Nullable Path policy;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "Lines NAME=value for whatever is neither a flag nor in the environment (GATEHOUSE_ENV_FILE)."
                    + " Default: none.")
    private @Nullable Path envFile;

    /**
     * Reads the env file once more, as {@link ServeVariables} did: what is wrong with it must not be passed over.
     *
     * @throws ConfigException if it is broken
     */
    void check() throws ConfigException {
        if (envFile != null) {
            var _ = EnvFile.read(envFile);
        }
    }

    Optional<Path> policy() {
        return Optional.ofNullable(policy);
    }
}
