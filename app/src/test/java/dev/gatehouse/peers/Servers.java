package dev.gatehouse.peers;

import dev.gatehouse.cli.Main;
import dev.gatehouse.json.Json;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Where the peers find a server. */
final class Servers {
    static final Path EXAMPLE =
            Path.of("..", "examples", "sim-arm", "ROBOT.md").toAbsolutePath().normalize();

    private Servers() {}

    /** The words that start {@code gatehouse mcp}, as a client's configuration holds them. */
    static List<String> command(Path manifest) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "mcp",
                manifest.toString());
    }

    /** The configuration file of a client that knows one server, {@code robot}. */
    static Path configuration(Path directory, ObjectNode robot) throws IOException {
        var configuration = Json.object();
        configuration.putObject("mcpServers").set("robot", robot);
        return Files.writeString(directory.resolve("mcp.json"), Json.line(configuration));
    }

    /** An entry of such a file for a server that the client starts. */
    static ObjectNode entry(Path manifest) {
        var words = command(manifest);
        var entry = Json.object().put("command", words.getFirst());
        return entry.set("args", Json.tree(words.subList(1, words.size())));
    }

    /** An entry of such a file for a server that runs. */
    static ObjectNode entry(TestServer server, Who who) {
        var entry = Json.object().put("type", "http").put("url", server.url() + "/mcp");
        entry.putObject("headers").put("Authorization", "Bearer " + who.token());
        return entry;
    }

    /** A job for a client that starts its server. */
    static ObjectNode started(Path manifest) {
        return Json.object().set("command", Json.tree(command(manifest)));
    }

    /** A job for a client of a server that runs. */
    static ObjectNode running(TestServer server, Who who) {
        return Json.object().put("url", server.url() + "/mcp").put("token", who.token());
    }
}
