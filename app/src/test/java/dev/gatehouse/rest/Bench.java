package dev.gatehouse.rest;

import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.robotmd.Mode;
import dev.gatehouse.robotmd.RobotName;
import dev.gatehouse.robotmd.Served;
import dev.gatehouse.server.RawConnection;
import dev.gatehouse.time.InstantTicker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A bridge on a port of its own, before a ROBOT.md that a test may change. */
final class Bench implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final RestServer server;
    final Path path;

    private Bench(RestServer server, Path path) {
        this.server = server;
        this.path = path;
    }

    static Bench of(Path directory, String manifest) {
        return of(directory, manifest, config(Optional.empty(), Set.of(), Set.of()));
    }

    static Bench of(Path directory, String manifest, RestConfig config) {
        try {
            var path = Files.writeString(directory.resolve("ROBOT.md"), manifest);
            var file = new ManifestFile(path, new InstantTicker());
            var name = ((Manifest) file.read()).servedName().orElse("robot");
            var served = new Served(file, new RobotName(name), new Mode.ManifestOnly());
            return new Bench(RestServer.start(config, served), path);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static RestConfig config(Optional<Bearer> bearer, Set<String> hosts, Set<String> origins) {
        return new RestConfig("127.0.0.1", 0, hosts, origins, bearer);
    }

    static String fixture(String name) {
        try (var in = Objects.requireNonNull(Bench.class.getResourceAsStream("/manifest/" + name + ".ROBOT.md"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    int port() {
        return server.port();
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                    .method(
                            method,
                            body.isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What comes back for exactly these lines, until the server closes. */
    String raw(String... lines) {
        return RawConnection.exchange(port(), String.join("\r\n", lines) + "\r\n\r\n");
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
