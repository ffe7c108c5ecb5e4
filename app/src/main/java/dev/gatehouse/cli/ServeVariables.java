package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Values of the flags of {@code serve} that were not given: from the environment, else from the env file (D16.1). A
 * variable that is empty counts as not set.
 */
final class ServeVariables implements IDefaultValueProvider {
    private static final String ENV_FILE = "--env-file";

    private static final Map<String, String> BY_FLAG = Map.ofEntries(
            Map.entry("--host", "ROBOT_MD_HOST"),
            Map.entry("--port", "ROBOT_MD_PORT"),
            Map.entry("--robot-md", "ROBOT_MD_PATH"),
            Map.entry("--bearers", "ROBOT_MD_BEARERS_FILE"),
            Map.entry("--mcp-command", "ROBOT_MD_MCP_COMMAND"),
            Map.entry("--mcp-args", "ROBOT_MD_MCP_ARGS"),
            Map.entry("--log-level", "ROBOT_MD_LOG_LEVEL"),
            Map.entry("--log-json", "GATEHOUSE_LOG_JSON"),
            Map.entry("--stop-port", "GATEHOUSE_STOP_PORT"),
            Map.entry("--driver", "GATEHOUSE_DRIVER"),
            Map.entry("--state-dir", "GATEHOUSE_STATE_DIR"),
            Map.entry("--latch", "GATEHOUSE_LATCH"),
            Map.entry("--policy", "GATEHOUSE_POLICY"),
            Map.entry("--prices", "GATEHOUSE_PRICES"),
            Map.entry("--engine", "GATEHOUSE_ENGINE"),
            Map.entry("--model", "GATEHOUSE_MODEL"),
            Map.entry("--model-url", "GATEHOUSE_MODEL_URL"),
            Map.entry("--allow-rehearsal", "GATEHOUSE_ALLOW_REHEARSAL"),
            Map.entry("--allow-host", "GATEHOUSE_ALLOW_HOST"),
            Map.entry("--allow-origin", "GATEHOUSE_ALLOW_ORIGIN"),
            Map.entry("--trusted-proxy", "GATEHOUSE_TRUSTED_PROXY"),
            Map.entry(ENV_FILE, "GATEHOUSE_ENV_FILE"));

    private final Map<String, String> environment;

    ServeVariables() {
        this(System.getenv());
    }

    ServeVariables(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Variables that look like ours and are not: a misspelt setting is a setting that does not hold. */
    static List<String> unknownIn(Map<String, String> variables) {
        return variables.keySet().stream()
                .filter(name -> name.startsWith("ROBOT_MD_") || name.startsWith("GATEHOUSE_"))
                .filter(name -> !BY_FLAG.containsValue(name) || name.equals(BY_FLAG.get(ENV_FILE)))
                .toList();
    }

    @Override
    public @Nullable String defaultValue(ArgSpec flag) {
        var name = flag instanceof OptionSpec option ? BY_FLAG.get(option.longestName()) : null;
        if (name == null) {
            return null;
        }
        var set = environment.getOrDefault(name, "");
        if (set.isEmpty() && !name.equals(BY_FLAG.get(ENV_FILE))) {
            set = fromFile(flag).getOrDefault(name, "");
        }
        return set.isEmpty() ? null : set;
    }

    /** The env file's variables; none if it is broken, which the command itself reports. */
    private Map<String, String> fromFile(ArgSpec flag) {
        Path given = flag.command().findOption(ENV_FILE).getValue();
        var path = given == null ? environment.getOrDefault("GATEHOUSE_ENV_FILE", "") : given.toString();
        try {
            return path.isEmpty() ? Map.of() : EnvFile.read(Path.of(path));
        } catch (ConfigException e) {
            return Map.of();
        }
    }
}
