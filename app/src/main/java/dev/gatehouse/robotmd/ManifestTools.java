package dev.gatehouse.robotmd;

import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.Renderer;
import dev.gatehouse.manifest.Unreadable;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** The tools that read the manifest and touch nothing (robot-md.md 8.6). The file is read anew at every call. */
public final class ManifestTools {
    private final Served served;

    public ManifestTools(Served served) {
        this.served = served;
    }

    public List<Tool> tools() {
        return List.of(
                reading(
                        "validate",
                        "Check the manifest",
                        "Checks the robot's manifest and lists every error and warning. For \"is the manifest in order\","
                                + " \"did my edit break it\", \"why is it refused\". Changes nothing; call it after"
                                + " every edit.",
                        ResultSchemas.validate(),
                        manifest -> ToolResult.ok(served.validate(manifest).toJson())),
                reading(
                        "render",
                        "Manifest as YAML",
                        "The robot's declaration as plain YAML: what it is, what it can do, its limits and its gates,"
                                + " without comments and prose. For \"give me the YAML\", \"export the configuration\".",
                        ResultSchemas.render(),
                        manifest -> {
                            var yaml = Renderer.render(manifest.frontmatter());
                            return ToolResult.ok(yaml, Json.object().put("yaml", yaml));
                        }),
                reading(
                        "doctor_summary",
                        "State of the manifest",
                        "Health of the declaration at a glance: errors, registration, drivers, gates and whether they"
                                + " need a human, e-stop, and whether anything can move now. For \"how is the robot\","
                                + " \"is everything set up\", \"what is missing\". Reads the manifest; probes no"
                                + " hardware.",
                        ResultSchemas.doctorSummary(),
                        manifest -> ToolResult.ok(DoctorSummary.of(served, manifest))));
    }

    private Tool reading(
            String name,
            String title,
            String description,
            ObjectNode outputSchema,
            Function<Manifest, ToolResult> answer) {
        return new Tool(
                name,
                title,
                description,
                Effect.OBSERVE,
                Effect.OBSERVE,
                Tool.Hints.READS,
                Schemas.ignored(),
                Optional.of(outputSchema),
                arguments -> new Operation.Read(),
                invocation -> switch (served.read()) {
                    case Manifest manifest -> answer.apply(manifest);
                    case Unreadable(var message) -> ToolResult.failed(message);
                });
    }
}
