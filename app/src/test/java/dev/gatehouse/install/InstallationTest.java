package dev.gatehouse.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("gatehouse install: one entry in one file")
class InstallationTest {
    private static final ServerEntry ENTRY =
            new ServerEntry("robot", List.of("/opt/gatehouse/bin/gatehouse", "mcp", "/srv/bob/ROBOT.md"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path file(Client client) {
        return client.file(directory.resolve("home"), directory.resolve("work"), Map.of(), "Linux");
    }

    private static Plan.Change change(Installation installation) {
        var plan = installation.plan();
        assertThat(plan).isInstanceOf(Plan.Change.class);
        return (Plan.Change) plan;
    }

    private static void install(Client client, Path file) throws IOException {
        var installation = new Installation(client, file, ENTRY);
        installation.write(change(installation));
        assertThat(installation.plan()).isEqualTo(new Plan.Done());
    }

    /** The file of a client that has one other server already. */
    private Path existing(Client client, String lineEnd) throws IOException {
        var text = switch (client) {
            case CODEX -> "model = \"x\"\n\n[mcp_servers.other]\ncommand = \"y\"\n";
            case VSCODE -> "{\n\t// ours\n\t\"servers\": {\n\t\t\"other\": {}\n\t}\n}\n";
            case CLAUDE, CLAUDE_DESKTOP, GEMINI, CURSOR ->
                "{\n  \"mcpServers\": {\n    \"other\": {\"command\": \"y\"}\n  }\n}\n";
        };
        Files.createDirectories(file(client).getParent());
        return Files.writeString(file(client), text.replace("\n", lineEnd));
    }

    @Test
    @DisplayName("the files and members that each client reads")
    void places() {
        var home = Path.of("/h");
        var work = Path.of("/w");

        assertThat(Client.CLAUDE.file(home, work, Map.of(), "Linux")).hasToString("/w/.mcp.json");
        assertThat(Client.VSCODE.file(home, work, Map.of(), "Linux")).hasToString("/w/.vscode/mcp.json");
        assertThat(Client.CURSOR.file(home, work, Map.of(), "Linux")).hasToString("/h/.cursor/mcp.json");
        assertThat(Client.GEMINI.file(home, work, Map.of(), "Linux")).hasToString("/h/.gemini/settings.json");
        assertThat(Client.CODEX.file(home, work, Map.of(), "Linux")).hasToString("/h/.codex/config.toml");
        assertThat(Client.CODEX.file(home, work, Map.of("CODEX_HOME", "/c"), "Linux"))
                .hasToString("/c/config.toml");
        assertThat(Client.CLAUDE_DESKTOP.file(home, work, Map.of(), "Linux"))
                .hasToString("/h/.config/Claude/claude_desktop_config.json");
        assertThat(Client.CLAUDE_DESKTOP.file(home, work, Map.of(), "Mac OS X"))
                .hasToString("/h/Library/Application Support/Claude/claude_desktop_config.json");
        assertThat(Client.CODEX.snippet(ENTRY)).startsWith("[mcp_servers.robot]\n");
        assertThat(new JsonMapper()
                        .readTree(Client.VSCODE.snippet(ENTRY))
                        .at("/servers/robot/type")
                        .asString())
                .isEqualTo("stdio");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a file that is not there is made, with its directories; a user's own for nobody else's eyes")
    void fresh(Client client) throws IOException {
        install(client, file(client));

        assertThat(file(client)).content().isEqualTo(client.snippet(ENTRY));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(client))))
                .isEqualTo(client.isOfProject() ? "rw-r--r--" : "rw-------");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a file with others keeps them, its line ends and its permissions, and no copy is left beside it")
    void existing(Client client) throws IOException {
        for (var lineEnd : List.of("\n", "\r\n")) {
            var file = existing(client, lineEnd);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            var before = Files.readString(file);

            install(client, file);

            var after = Files.readString(file);
            assertThat(after.lines().filter(line -> !before.contains(line.replaceFirst(",$", ""))))
                    .as("new lines")
                    .allMatch(
                            line -> line.matches(
                                    "\\s*(\"robot\": \\{|\"type\": \"stdio\",|\\[mcp_servers.robot]|\"?command.*gatehouse\",?|\"?args.*]|})"));
            assertThat(after.replace("\r\n", "").contains("\n")).isEqualTo(lineEnd.equals("\n"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-r-----");
            assertThat(file.getParent()).isDirectoryNotContaining(other -> !other.equals(file));
            Files.delete(file);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("another entry of this name is shown before it is replaced")
    void sameName(Client client) throws IOException {
        var file = existing(client, "\n");
        Files.writeString(file, Files.readString(file).replace("other", "robot"));

        var change = change(new Installation(client, file, ENTRY));

        assertThat(change.removed()).isNotEmpty();
        install(client, file);
        assertThat(Files.readString(file)).containsOnlyOnce("/opt/gatehouse/bin/gatehouse");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a broken file is left alone")
    void broken(Client client) throws IOException {
        var file = existing(client, "\n");
        Files.writeString(file, Files.readString(file) + "]");

        assertThat(new Installation(client, file, ENTRY).plan()).isInstanceOf(Plan.ByHand.class);
        Files.write(file, "\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(new Installation(client, file, ENTRY).plan()).isEqualTo(new Plan.ByHand("it is not UTF-8"));
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(new Installation(client, file, ENTRY).plan()).isInstanceOf(Plan.ByHand.class);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a link stays a link; one that leads nowhere is left alone")
    void links(Client client) throws IOException {
        var real = Files.move(existing(client, "\n"), directory.resolve("dotfile"));
        Files.createSymbolicLink(file(client), real);

        install(client, file(client));

        assertThat(file(client)).isSymbolicLink();
        assertThat(real).content().contains("/opt/gatehouse/bin/gatehouse");
        Files.delete(real);
        assertThat(new Installation(client, file(client), ENTRY).plan())
                .isEqualTo(new Plan.ByHand("it cannot be read"));
    }

    @Test
    @DisplayName("what was changed while a person was asked is not overwritten")
    void race() throws IOException {
        var file = existing(Client.CURSOR, "\n");
        var installation = new Installation(Client.CURSOR, file, ENTRY);
        var change = change(installation);
        Files.writeString(file, "{}");

        assertThatThrownBy(() -> installation.write(change)).isInstanceOf(IOException.class);
        assertThat(file).content().isEqualTo("{}");

        Files.delete(file);
        var made = change(installation);
        Files.writeString(file, "{}");
        assertThatThrownBy(() -> installation.write(made)).isInstanceOf(IOException.class);
        assertThat(file).content().isEqualTo("{}");
    }

    @Test
    void objections() {
        assertThat(ENTRY.objection()).isEmpty();
        for (var name : List.of("", "my_robot", "a b", "-x", "a\"", "x".repeat(65))) {
            assertThat(new ServerEntry(name, ENTRY.words()).objection()).isPresent();
        }
        for (var path : List.of("/srv/$HOME/ROBOT.md", "/srv/a\nb/ROBOT.md")) {
            assertThat(new ServerEntry("robot", List.of("/g", "mcp", path)).objection())
                    .isPresent();
        }
    }
}
