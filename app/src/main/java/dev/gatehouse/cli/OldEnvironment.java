package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The env file of a 0.2.0 configuration: {@code .env} as its init wrote it, else the one file that ends so. */
final class OldEnvironment {
    private OldEnvironment() {}

    /**
     * Its variables; none if there is no such file.
     *
     * @throws ConfigException if the file cannot be read, or if there are several and none is called {@code .env}
     */
    static Map<String, String> of(Path directory) throws ConfigException {
        try (var files = Files.list(directory)) {
            var found = files.filter(file -> String.valueOf(file.getFileName()).endsWith(".env"))
                    .sorted()
                    .toList();
            var usual = directory.resolve(".env");
            if (found.isEmpty()) {
                return Map.of();
            }
            if (!found.contains(usual) && found.size() > 1) {
                throw new ConfigException(directory + ": several env files; call the right one .env");
            }
            return EnvFile.read(found.contains(usual) ? usual : found.getFirst());
        } catch (IOException e) {
            throw new ConfigException(directory + ": cannot be read");
        }
    }
}
