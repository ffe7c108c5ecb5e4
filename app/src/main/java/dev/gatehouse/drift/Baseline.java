package dev.gatehouse.drift;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.file.AtomicFile;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was found when somebody last looked and agreed.
 *
 * @param sent what a model call says about itself, by header
 * @param tools each tool with the hash of all that is said about it
 * @param effects each tool with the weakest and the strongest effect it can have
 * @param decisions what the gate says, by tier and call
 */
record Baseline(
        Map<String, String> sent,
        Map<String, String> tools,
        Map<String, String> effects,
        Map<String, String> decisions) {
    private static final int MAX_BYTES = 1 << 20;

    Baseline {
        sent = Map.copyOf(sent);
        tools = Map.copyOf(tools);
        effects = Map.copyOf(effects);
        decisions = Map.copyOf(decisions);
    }

    /**
     * Reads a file.
     *
     * @throws ConfigException if it is not one that {@link #write} wrote
     */
    static Baseline read(Path file) throws ConfigException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigException(file + ": too large for a baseline");
            }
            var json = Json.read(Files.readAllBytes(file));
            if (json.path("version").intValue() != 1) {
                throw new ConfigException(file + ": no baseline of this version; write a new one with --update");
            }
            return new Baseline(
                    texts(json.path("sent")),
                    texts(json.path("tools")),
                    texts(json.path("effects")),
                    texts(json.path("decisions")));
        } catch (MalformedJsonException e) {
            throw new ConfigException(file + ": no baseline; write a new one with --update");
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read");
        }
    }

    private static Map<String, String> texts(JsonNode members) {
        var all = new TreeMap<String, String>();
        members.properties()
                .forEach(member -> all.put(member.getKey(), member.getValue().asString("")));
        return all;
    }

    void write(Path file) throws IOException {
        var out = Json.object().put("version", 1);
        put(out.putObject("sent"), sent);
        put(out.putObject("tools"), tools);
        put(out.putObject("effects"), effects);
        put(out.putObject("decisions"), decisions);
        AtomicFile.write(file, (Json.pretty(out) + "\n").getBytes(StandardCharsets.UTF_8), AtomicFile.OWNER_ONLY);
    }

    private static void put(ObjectNode out, Map<String, String> members) {
        new TreeMap<>(members).forEach(out::put);
    }
}
