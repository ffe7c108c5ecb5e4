package dev.gatehouse.config;

import dev.gatehouse.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.resolver.FailsafeScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.snakeyaml.engine.v2.schema.Schema;
import tools.jackson.databind.JsonNode;

/**
 * Reads a YAML 1.2 document as a JSON tree: core schema, no duplicate keys, no aliases, at most {@value #MAX_BYTES} bytes and
 * {@value #MAX_DEPTH} levels.
 */
public final class StrictYaml {
    /** Largest file read; parsing time grows faster than size. */
    public static final int MAX_BYTES = 1 << 20;

    /** Deepest nesting read; deeper input is an attempt to exhaust the stack. */
    public static final int MAX_DEPTH = 32;

    private StrictYaml() {}

    /**
     * Reads a file.
     *
     * @throws ConfigException if it is missing, too large or not acceptable YAML
     */
    public static JsonNode read(Path file) throws ConfigException {
        return read(text(file), file.toString());
    }

    /**
     * The text of a file.
     *
     * @throws ConfigException if it is missing, too large or not UTF-8
     */
    public static String text(Path file) throws ConfigException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigException(file + ": larger than " + MAX_BYTES + " bytes");
            }
            return Files.readString(file);
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
        return load(text, where, new CoreSchema());
    }

    /** Reads a text as {@link #read(String, String)} does, but leaves every scalar the string it is written as. */
    public static JsonNode asWritten(String text, String where) throws ConfigException {
        return load(text, where, new AsWritten());
    }

    private static JsonNode load(String text, String where, Schema schema) throws ConfigException {
        var settings = LoadSettings.builder()
                .setSchema(schema)
                .setAllowDuplicateKeys(false)
                .setAllowRecursiveKeys(false)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(MAX_BYTES)
                .build();
        try {
            checkDepth(text, where, settings);
            return Json.tree(new Load(settings).loadFromString(text));
        } catch (MarkedYamlEngineException e) {
            var line =
                    e.getProblemMark().map(m -> ", line " + (m.getLine() + 1)).orElse("");
            throw new ConfigException(where + line + ": not valid YAML");
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw new ConfigException(where + ": not valid YAML");
        }
    }

    /** Looks at the events alone, which need no stack. */
    private static void checkDepth(String text, String where, LoadSettings settings) throws ConfigException {
        var depth = 0;
        for (var event : new Parse(settings).parseString(text)) {
            depth += switch (event.getEventId()) {
                case MappingStart, SequenceStart -> 1;
                case MappingEnd, SequenceEnd -> -1;
                case Alias, Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> 0;
            };
            if (depth > MAX_DEPTH) {
                throw new ConfigException(where + ": nested deeper than " + MAX_DEPTH + " levels");
            }
        }
    }

    /** The core schema, except that plain scalars are strings. */
    private static final class AsWritten extends CoreSchema {
        @Override
        public ScalarResolver getScalarResolver() {
            return new FailsafeScalarResolver();
        }
    }
}
