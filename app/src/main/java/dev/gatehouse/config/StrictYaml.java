package dev.gatehouse.config;

import dev.gatehouse.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;

/** Reads YAML 1.2 as an operator should write it: one document, core schema, no duplicate keys, no aliases. */
public final class StrictYaml {
    /** Longest text; nobody writes a longer one by hand, and parsing a scalar of megabytes takes seconds. */
    private static final int MAX_CHARS = 256 * 1024;

    /** Deepest nesting; thousands of levels exhaust the stack. */
    private static final int MAX_DEPTH = 32;

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setSchema(new CoreSchema()).build();

    private StrictYaml() {}

    /**
     * Reads a file into whatever the reader makes of it.
     *
     * @throws ConfigException if the file cannot be read, is not acceptable YAML, or not what the reader wants; names the file
     */
    public static <T> T read(Path file, YamlMembers.Reader<T> reader) throws ConfigException {
        String text;
        try {
            if (Files.size(file) > MAX_CHARS) {
                throw new ConfigException(file + ": has more than " + MAX_CHARS + " bytes");
            }
            text = Files.readString(file);
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read");
        }
        try {
            return reader.read(read(text));
        } catch (ConfigException e) {
            throw e.in(file.toString());
        }
    }

    /**
     * Reads a text.
     *
     * @throws ConfigException if it is not acceptable YAML; names the line
     */
    public static YamlValue read(String text) throws ConfigException {
        if (text.length() > MAX_CHARS) {
            throw ConfigException.at(1, "more than " + MAX_CHARS + " characters");
        }
        try {
            refuseDepthAndAliases(text);
            var document = new Compose(SETTINGS).composeString(text);
            if (document.isEmpty()) {
                throw ConfigException.at(1, "the document is empty");
            }
            return new YamlValue(document.get(), "");
        } catch (MarkedYamlEngineException e) {
            // The library's own text may quote the document, which may hold a secret.
            throw ConfigException.at(YamlValue.line(e.getProblemMark()), "not valid YAML");
        } catch (YamlEngineException e) {
            throw ConfigException.at(1, "not valid YAML");
        }
    }

    /**
     * Reads a text into a tree, for files that are written in the same trust as the program itself.
     *
     * @throws ConfigException if it is not acceptable YAML; names the line
     */
    public static JsonNode tree(String text) throws ConfigException {
        var _ = read(text);
        return Json.tree(new Load(SETTINGS).loadFromString(text));
    }

    private static void refuseDepthAndAliases(String text) throws ConfigException {
        var depth = 0;
        for (var event : new Parse(SETTINGS).parseString(text)) {
            if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                throw ConfigException.at(YamlValue.line(event.getStartMark()), "nested too deeply");
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (event instanceof AliasEvent) {
                throw ConfigException.at(YamlValue.line(event.getStartMark()), "aliases are not allowed");
            }
        }
    }
}
