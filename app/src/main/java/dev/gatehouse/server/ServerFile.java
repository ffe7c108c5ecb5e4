package dev.gatehouse.server;

import dev.gatehouse.file.AtomicFile;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.time.Rfc3339;
import java.io.IOException;
import java.net.Inet6Address;
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
 * @param pid its process
 */
public record ServerFile(Doors doors, long pid) {
    private static final String NAME = "server.json";

    /**
     * Where it listens.
     *
     * @param host as it was configured
     * @param stopPort of the listener for stops alone; 0 if it is not known
     * @param tls whether both ports speak TLS
     * @param socket the Unix socket, if it has one; who calls there need not present a token (D2.3)
     */
    public record Doors(String host, int port, int stopPort, boolean tls, Optional<Path> socket) {
        private String url(int at) {
            var everywhere = host.equals("0.0.0.0") || host.equals("::");
            return (tls ? "https://" : "http://") + (everywhere ? "127.0.0.1" : literal()) + ":" + at;
        }

        private String literal() {
            try {
                return InetAddress.ofLiteral(host) instanceof Inet6Address ? "[" + host + "]" : host;
            } catch (IllegalArgumentException e) {
                return host;
            }
        }
    }

    /** Writes it; closing what is returned removes it again. */
    static AutoCloseable write(Path state, Doors doors, Instant started) throws IOException {
        var file = state.resolve(NAME);
        var content = Json.object()
                .put("host", doors.host())
                .put("port", doors.port())
                .put("stop_port", doors.stopPort())
                .put("tls", doors.tls())
                .put("pid", ProcessHandle.current().pid())
                .put("started", Rfc3339.format(started));
        doors.socket().ifPresent(path -> content.put("socket", path.toString()));
        AtomicFile.write(file, (Json.line(content) + "\n").getBytes(StandardCharsets.UTF_8), AtomicFile.OWNER_ONLY);
        return () -> Files.deleteIfExists(file);
    }

    /** What stands in a state directory; empty if there is nothing of use. */
    public static Optional<ServerFile> read(Path state) {
        try {
            var content = Json.read(Files.readAllBytes(state.resolve(NAME)));
            var doors = new Doors(
                    content.path("host").asString(""),
                    content.path("port").asInt(0),
                    content.path("stop_port").asInt(0),
                    content.path("tls").asBoolean(false),
                    Optional.of(content.path("socket").asString(""))
                            .filter(path -> !path.isEmpty())
                            .map(Path::of));
            return doors.host().isEmpty() || doors.port() < 1
                    ? Optional.empty()
                    : Optional.of(new ServerFile(doors, content.path("pid").asLong(0)));
        } catch (IOException | MalformedJsonException e) {
            return Optional.empty();
        }
    }

    /** Whether the process that wrote it still runs; a token is sent to nobody else. */
    public boolean alive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** The Unix socket, if it has one. */
    public Optional<Path> socket() {
        return doors.socket();
    }

    /** The address to call from this machine. */
    public String url() {
        return doors.url(doors.port());
    }

    /** The address at which nothing but stops is served. */
    public Optional<String> stopUrl() {
        return doors.stopPort() < 1 ? Optional.empty() : Optional.of(doors.url(doors.stopPort()));
    }
}
