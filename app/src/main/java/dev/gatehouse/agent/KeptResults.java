package dev.gatehouse.agent;

import dev.gatehouse.dispatch.Artifact;
import dev.gatehouse.dispatch.ArtifactFiles;
import dev.gatehouse.dispatch.EventType;
import dev.gatehouse.dispatch.LiveTask;
import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Picture;
import dev.gatehouse.tool.ToolResult;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what the calls of a task brought and the log has no room for, as far as the operator wants it kept (engines.md E2.12). */
final class KeptResults {
    private static final Logger LOG = LoggerFactory.getLogger(KeptResults.class);
    private static final String BYTES = "application/octet-stream";
    private static final Map<String, String> ENDINGS =
            Map.of("image/png", ".png", "image/jpeg", ".jpg", "image/webp", ".webp", "image/gif", ".gif");

    private final ArtifactFiles files;
    private final LiveTask task;
    private long kept;

    KeptResults(ArtifactFiles files, LiveTask task) {
        this.files = files;
        this.task = task;
    }

    /** Keeps what there is to keep; a task goes on without what cannot be kept. */
    void keep(String callId, ToolResult result) {
        var rules = task.policy().artifacts();
        if (rules.results() && result.text().length() > EventText.MAX) {
            keep(result.text().length(), () -> files.keepText(callId + ".txt", result.text()));
        }
        if (rules.pictures()) {
            var number = 0;
            for (var picture : result.pictures()) {
                keep(callId + "-" + ++number, picture);
            }
        }
    }

    private void keep(String name, Picture picture) {
        var content = Base64.getDecoder().decode(picture.base64());
        var ending = ENDINGS.get(picture.mimeType());
        keep(
                content.length,
                () -> ending == null
                        ? files.keep(name + ".bin", BYTES, content)
                        : files.keep(name + ending, picture.mimeType(), content));
    }

    /** Something that is written now. */
    private interface Write {
        Artifact now() throws IOException;
    }

    private synchronized void keep(long size, Write write) {
        if (kept + size > task.policy().artifacts().taskMegabytes() * 1_000_000L) {
            warn("artifact_dropped", "more than artifacts.task_mb of the policy; it was not kept");
            return;
        }
        try {
            var artifact = write.now();
            kept += artifact.bytes();
            task.emit(EventType.ARTIFACT, artifact.members(task.taskId()));
        } catch (IOException e) {
            LOG.error("task {}: an artifact could not be kept", task.taskId(), e);
            warn("artifact_lost", "it could not be written to disk");
        }
    }

    private void warn(String code, String message) {
        task.emit(
                EventType.WARNING, Json.object().put("code", code).put("message", "an artifact was lost: " + message));
    }
}
