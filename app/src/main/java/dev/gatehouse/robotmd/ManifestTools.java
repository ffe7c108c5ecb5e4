package dev.gatehouse.robotmd;

import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.manifest.Renderer;
import dev.gatehouse.manifest.Unreadable;
import dev.gatehouse.manifest.Validator;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The tools that read the manifest and touch nothing (robot-md.md 8.6). The file is read anew at every call. */
public final class ManifestTools {
    private static final String GONE = "file no longer readable";

    private final ManifestFile file;

    public ManifestTools(ManifestFile file) {
        this.file = file;
    }

    public List<Tool> tools() {
        return List.of(
                reading(
                        "render",
                        "Manifest as YAML",
                        "The robot's declaration: what it is, what it can do, its limits and its gates. Read it before"
                                + " anything else.",
                        manifest -> {
                            var yaml = Renderer.render(manifest.frontmatter());
                            return ToolResult.ok(yaml, Json.object().put("yaml", yaml));
                        }),
                reading(
                        "validate",
                        "Check the manifest",
                        "Says whether the robot's declaration is valid, and lists every error and warning.",
                        manifest -> ToolResult.ok(Validator.validate(manifest).toJson())));
    }

    private Tool reading(String name, String title, String description, Function<Manifest, ToolResult> answer) {
        return new Tool(
                name,
                title,
                description,
                Effect.OBSERVE,
                Effect.OBSERVE,
                Tool.Hints.READS,
                Schemas.ignored(),
                Optional.empty(),
                arguments -> new Operation.Read(),
                invocation -> switch (file.read()) {
                    case Manifest manifest -> answer.apply(manifest);
                    case Unreadable unreadable -> unreadable(unreadable);
                });
    }

    private static ToolResult unreadable(Unreadable unreadable) {
        var text = unreadable.message().equals(Unreadable.NOT_READABLE) ? GONE : unreadable.message();
        return ToolResult.refused(ToolResult.Outcome.ERROR, true, "manifest_unreadable", text);
    }
}
