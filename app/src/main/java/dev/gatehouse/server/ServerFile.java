package dev.gatehouse.server;

import dev.gatehouse.file.AtomicFile;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.time.Rfc3339;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the server that owns a state directory can be reached: {@code server.json} in it, so that a command on the same machine
 * need not be told. It is gone after an orderly end; after any other it names a process that is gone.
 *
 * @param host as it was configured
 * @param socket of this machine, if the server has one (D2.3)
 */
public record ServerFile(String host, int port, long pid, Optional<Path> socket) {
    private static final String NAME = "server.json";

    /** Writes it; closing what is returned removes it again. */
    static AutoCloseable write(Path state, String host, int port, Instant started) throws IOException {
        var file = state.resolve(NAME);
        var content = Json.object()
                .put("host", host)
                .put("port", port)
                .put("pid", ProcessHandle.current().pid())
                .put("started", Rfc3339.format(started));
        AtomicFile.write(file, (Json.line(content) + "\n").getBytes(StandardCharsets.UTF_8), AtomicFile.OWNER_ONLY);
        return () -> Files.deleteIfExists(file);
    }

    /** What stands in a state directory; empty if there is nothing of use. */
    public static Optional<ServerFile> read(Path state) {
        try {
            var content = Json.read(Files.readAllBytes(state.resolve(NAME)));
            var found = new ServerFile(
                    content.path("host").asString(""),
                    content.path("port").asInt(0),
                    content.path("pid").asLong(0),
                    content.path("socket").stringValueOpt().map(Path::of));
            return found.host().isEmpty() || found.port() < 1 ? Optional.empty() : Optional.of(found);
        } catch (IOException | MalformedJsonException e) {
            return Optional.empty();
        }
    }

    /** Whether the process that wrote it still runs; a token is sent to nobody else. */
    public boolean alive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** The address to call from this machine. */
    public String url() {
        var everywhere = host.equals("0.0.0.0") || host.equals("::");
        return "http://" + (everywhere ? "127.0.0.1" : literal()) + ":" + port;
    }

    private String literal() {
        try {
            return InetAddress.ofLiteral(host) instanceof java.net.Inet6Address ? "[" + host + "]" : host;
        } catch (IllegalArgumentException e) {
            return host;
        }
    }
}
