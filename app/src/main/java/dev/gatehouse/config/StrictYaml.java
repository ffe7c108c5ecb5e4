package dev.gatehouse.config;

import dev.gatehouse.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;

/** Reads a YAML 1.2 document as a JSON tree: core schema, no duplicate keys, no aliases, at most {@value #MAX_BYTES} bytes. */
public final class StrictYaml {
    /** Largest file read; parsing time grows faster than size. */
    public static final int MAX_BYTES = 1 << 20;

    private StrictYaml() {}

    /**
     * Reads a file.
     *
     * @throws ConfigException if it is missing, too large or not acceptable YAML
     */
    public static JsonNode read(Path file) throws ConfigException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigException(file + ": larger than " + MAX_BYTES + " bytes");
            }
            return read(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read");
        }
    }

    /**
     * Reads a text.
     *
     * @param where how errors name the text
     * @throws ConfigException if it is not acceptable YAML
     */
    public static JsonNode read(String text, String where) throws ConfigException {
        var settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(false)
                .setAllowRecursiveKeys(false)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(MAX_BYTES)
                .build();
        try {
            return Json.tree(new Load(settings).loadFromString(text));
        } catch (MarkedYamlEngineException e) {
            var line =
                    e.getProblemMark().map(m -> ", line " + (m.getLine() + 1)).orElse("");
            throw new ConfigException(where + line + ": not valid YAML");
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw new ConfigException(where + ": not valid YAML");
        }
    }
}
