package dev.gatehouse.setup;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.config.YamlValue;
import dev.gatehouse.gate.BearersFile;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * A configuration of version 0.2.0, converted (D15.6): its callers keep their tokens, of which only hashes are kept here.
 *
 * @param entries the credentials as members, with {@code token_sha256} in place of every plain token
 * @param environment the settings that mean something here
 * @param leftOut names of variables that do not, or that may hold a secret
 */
public record OldConfiguration(List<ObjectNode> entries, Map<String, String> environment, List<String> leftOut) {
    /** No such thing: everything is new. */
    public static final OldConfiguration NONE = new OldConfiguration(List.of(), Map.of(), List.of());

    /** Where its bearers file is. */
    public static final String BEARERS = "bearers.yaml";

    private static final String HOST = "ROBOT_MD_HOST";
    private static final String PORT = "ROBOT_MD_PORT";
    private static final String LOG_LEVEL = "ROBOT_MD_LOG_LEVEL";
    private static final String TOOL_SERVER = "ROBOT_MD_MCP_COMMAND";

    /** Tool servers whose place the built-in tools take (D16.5). */
    private static final Set<String> BUILT_IN = Set.of("", "robot-md-mcp");

    /** Taken over, or answered by what a setup writes anyway. */
    private static final List<String> KNOWN =
            List.of(HOST, PORT, LOG_LEVEL, "ROBOT_MD_PATH", "ROBOT_MD_BEARERS_FILE", TOOL_SERVER);

    private static final String TOKEN = "token";

    public OldConfiguration {
        entries = List.copyOf(entries);
        environment = Map.copyOf(environment);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Reads the directory of a configuration.
     *
     * @param environment the variables of its env file
     * @throws ConfigException if its bearers file would not be accepted by a server; never quotes a token
     */
    public static OldConfiguration read(Path directory, Map<String, String> environment, Clock clock)
            throws ConfigException {
        var file = directory.toAbsolutePath().normalize().resolve(BEARERS);
        var _ = BearersFile.read(file, clock);
        var entries = StrictYaml.read(file, value -> entries(value, file));
        var leftOut = new TreeSet<>(environment.keySet());
        KNOWN.forEach(leftOut::remove);
        if (!BUILT_IN.contains(environment.getOrDefault(TOOL_SERVER, ""))) {
            leftOut.add(TOOL_SERVER);
        }
        return new OldConfiguration(entries, environment, List.copyOf(leftOut));
    }

    private static List<ObjectNode> entries(YamlValue file, Path place) throws ConfigException {
        var list = file.isList() ? file : file.members(Set.of("bearers")).required("bearers");
        var all = new ArrayList<ObjectNode>();
        for (var item : list.items()) {
            all.add(hashed(item, place));
        }
        return all;
    }

    /** The members in their order; a token becomes its hash where it stood, and a path beside the old file stays valid. */
    private static ObjectNode hashed(YamlValue entry, Path place) throws ConfigException {
        var members = entry.map(value -> value);
        var out = Json.object();
        for (var member : members.entrySet()) {
            var name = member.getKey();
            var value = member.getValue();
            switch (name) {
                case TOKEN ->
                    out.put("token_sha256", CanonicalJson.sha256(value.text().getBytes(StandardCharsets.UTF_8)));
                case "caller" -> out.put(name, value.text());
                case "key_file" ->
                    out.put(name, place.resolveSibling(value.name()).toString());
                default -> out.set(name, entry.jsonObject().get(name));
            }
        }
        return out;
    }

    /** The knobs as this configuration has them; nobody needs a new token, because every caller keeps its own. */
    public Choices choices() throws ConfigException {
        var defaults = Choices.defaults();
        return new Choices(
                environment.getOrDefault(HOST, defaults.host()),
                port(environment.getOrDefault(PORT, String.valueOf(defaults.port()))),
                Set.of(),
                false,
                Tailnet.NONE,
                Optional.empty());
    }

    String logLevel() {
        return environment.getOrDefault(LOG_LEVEL, Contents.LOG_LEVEL);
    }

    private static int port(String text) throws ConfigException {
        try {
            var port = Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new ConfigException(PORT + " is no number; correct it in the configuration that is imported");
        }
        throw new ConfigException(PORT + " must be from 1 to 65535; correct it in the configuration that is imported");
    }
}
