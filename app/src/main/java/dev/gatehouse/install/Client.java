package dev.gatehouse.install;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The MCP clients whose configuration is known, each with the page that says where it is and how it looks. */
public enum Client {
    /** {@code .mcp.json} of the project (code.claude.com/docs/en/mcp as quoted by developersdigest.tech/mcp-servers/clients/claude-code). */
    CLAUDE("mcpServers", true),
    /**
     * modelcontextprotocol.io/docs/develop/connect-local-servers; for Linux, where only builds of others exist,
     * explainmcp.com/mcp-servers/claude-desktop-config-json-guide.
     */
    CLAUDE_DESKTOP("mcpServers", false),
    /** mcpbundles.com/guides/codex; {@code CODEX_HOME} by docs/config.md of openai/codex. */
    CODEX("mcp_servers", false),
    /** docs/tools/mcp-server.md of google-gemini/gemini-cli. */
    GEMINI("mcpServers", false),
    /** cursor.com/docs/mcp; the place of the file by docs/configuring-cursor.md of confluentinc/mcp-confluent. */
    CURSOR("mcpServers", false),
    /** {@code .vscode/mcp.json} of the workspace (code.visualstudio.com/docs/copilot/reference/mcp-configuration). */
    VSCODE("servers", true);

    private final String container;
    private final boolean ofProject;

    Client(String container, boolean ofProject) {
        this.container = container;
        this.ofProject = ofProject;
    }

    /** As {@code --client} takes it. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the file belongs to a directory that others work in too; else it is this user's own. */
    boolean isOfProject() {
        return ofProject;
    }

    /** Where its configuration is. */
    public Path file(Path home, Path workingDirectory, Map<String, String> environment, String system) {
        return switch (this) {
            case CLAUDE -> workingDirectory.resolve(".mcp.json");
            case CLAUDE_DESKTOP ->
                (system.startsWith("Mac")
                                ? home.resolve("Library").resolve("Application Support")
                                : home.resolve(".config"))
                        .resolve("Claude")
                        .resolve("claude_desktop_config.json");
            case CODEX -> {
                var set = environment.getOrDefault("CODEX_HOME", "");
                yield (set.isEmpty() ? home.resolve(".codex") : workingDirectory.resolve(set)).resolve("config.toml");
            }
            case GEMINI -> home.resolve(".gemini").resolve("settings.json");
            case CURSOR -> home.resolve(".cursor").resolve("mcp.json");
            case VSCODE -> workingDirectory.resolve(".vscode").resolve("mcp.json");
        };
    }

    /** What a file with this entry alone would hold. */
    public String snippet(ServerEntry entry) {
        return switch (this) {
            case CODEX -> TomlText.alone(entry);
            case CLAUDE, CLAUDE_DESKTOP, GEMINI, CURSOR, VSCODE -> JsonText.alone(container, entry, type());
        };
    }

    Edit edit(String text, ServerEntry entry) {
        return switch (this) {
            case CODEX -> TomlText.edit(text, entry);
            case CLAUDE, CLAUDE_DESKTOP, GEMINI, CURSOR, VSCODE -> JsonText.edit(text, container, entry, type());
        };
    }

    private Optional<String> type() {
        return this == VSCODE ? Optional.of("stdio") : Optional.empty();
    }
}
