package dev.gatehouse.cli;

import dev.gatehouse.client.ServerConnection;
import dev.gatehouse.json.CanonicalJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Saves what was kept of a task into a directory, under the names of the task, and never over something that is there. */
final class ArtifactDownload {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");

    private final ServerVerb verb;
    private final ServerConnection server;
    private final Path directory;

    ArtifactDownload(ServerVerb verb, ServerConnection server, Path directory) {
        this.verb = verb;
        this.server = server;
        this.directory = directory;
    }

    /** Saves all of them; the exit code of the first that cannot be had. */
    int save(JsonNode task) throws IOException, InterruptedException {
        var result = task.path("result");
        if (!result.isObject()) {
            return verb.say(ExitCode.NOT_DONE, "the task is not over; wait for it with --follow, then save");
        }
        for (var artifact : result.path("artifacts")) {
            var exit = one(artifact);
            if (exit != ExitCode.DONE) {
                return exit;
            }
        }
        var count = result.path("artifacts").size();
        return verb.say(
                ExitCode.DONE,
                count == 0
                        ? "nothing was kept of this task; artifacts.keep of the policy says what is"
                        : "saved " + count + (count == 1 ? " file in " : " files in ") + directory);
    }

    private int one(JsonNode artifact) throws IOException, InterruptedException {
        var name = artifact.path("name").asString("");
        if (!NAME.matcher(name).matches()) {
            return verb.say(ExitCode.PROTOCOL, "what answers there is not Gatehouse: a file name that none can have");
        }
        var content = new ByteArrayOutputStream();
        var answer = server.fetch(artifact.path("href").asString(""), content);
        if (!answer.ok()) {
            return verb.refused(answer, name + " is not there any more");
        }
        if (!CanonicalJson.sha256(content.toByteArray())
                .equals(artifact.path("sha256").asString(""))) {
            return verb.say(ExitCode.PROTOCOL, name + " is not what the task brought; it was not saved");
        }
        return write(directory.resolve(name), content.toByteArray());
    }

    private int write(Path file, byte[] content) {
        try {
            Files.createDirectories(directory);
            Files.write(file, content, StandardOpenOption.CREATE_NEW);
            return ExitCode.DONE;
        } catch (FileAlreadyExistsException e) {
            return verb.say(ExitCode.NOT_DONE, file + " is there already; save into another directory");
        } catch (IOException e) {
            return verb.say(ExitCode.NOT_DONE, file + " cannot be written");
        }
    }
}
