package dev.gatehouse.manifest;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Recordings of the field's first programs, read in place; they are no part of this project and may be absent. */
public final class ReferenceData {
    private ReferenceData() {}

    /** One recording, if it is there. */
    public static Optional<JsonNode> json(String name) throws IOException, MalformedJsonException {
        var file = file(name);
        return file.isEmpty() ? Optional.empty() : Optional.of(Json.read(Files.readAllBytes(file.get())));
    }

    /** A file of the recordings, if it is there. */
    public static Optional<Path> file(String name) {
        return shared("data/robot-md/" + name);
    }

    /** A file or directory of the reference material, if it is there. */
    public static Optional<Path> shared(String name) {
        return Stream.of(
                        Optional.ofNullable(System.getProperty("GATEHOUSE_SHARED")),
                        Optional.ofNullable(System.getenv("GATEHOUSE_SHARED")),
                        Optional.of("../../shared"))
                .flatMap(Optional::stream)
                .map(shared -> Path.of(shared, name))
                .filter(Files::exists)
                .findFirst();
    }
}
