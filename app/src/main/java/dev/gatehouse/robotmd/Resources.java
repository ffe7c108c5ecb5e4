package dev.gatehouse.robotmd;

import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.Unreadable;
import dev.gatehouse.tool.Resource;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What can be read about a robot: eleven views of its manifest and its records (robot-md.md 8.3). Total on any manifest. */
final class Resources {
    private static final String TEXT = "text/plain";
    private static final String MARKDOWN = "text/markdown";
    private static final String JSON = "application/json";

    /** How many records of executions are kept in view (10.13). */
    private static final int MAX_RECORDS = 100;

    private final Served served;

    Resources(Served served) {
        this.served = served;
    }

    List<Resource> all() {
        return List.of(
                view(
                        "identity",
                        "who it is",
                        TEXT,
                        "One line: name, kind of body, degrees of freedom, number of capabilities, maker, model, version"
                                + " and registration. For \"who is this robot\", \"who built it\", \"what is its RRN\".",
                        Identity::line),
                view(
                        "context",
                        "briefing",
                        MARKDOWN,
                        "The best first read: identity, capabilities, safety gates, e-stop and the operator's prose on"
                                + " one page. For \"tell me about the robot\", \"get ready to work with it\".",
                        manifest -> ContextPage.of(served, manifest)),
                json(
                        "frontmatter",
                        "the whole declaration",
                        "Every declared field as one JSON object; for details no other resource shows. For \"show me the"
                                + " manifest\", \"which servo is the wrist\", \"what port is the driver on\".",
                        manifest -> manifest.json()),
                json(
                        "capabilities",
                        "what it can do",
                        "The list of declared capabilities; what is not in it cannot be asked of the robot. For \"what"
                                + " can it do\", \"can it grasp\", \"can it drive\".",
                        manifest -> array(manifest.json().path("capabilities"))),
                json(
                        "safety",
                        "gates and limits",
                        "Gates that need a human, e-stop, and the limits of speed, payload and workspace. Read it before"
                                + " advising any motion. For \"is that allowed\", \"does this need my approval\", \"how"
                                + " fast may it go\".",
                        manifest -> object(manifest.json().path("safety"))),
                view(
                        "body",
                        "the operator's prose",
                        MARKDOWN,
                        "What the operator wrote below the declaration, word for word. For \"what is the story of this"
                                + " robot\", \"any notes about it\".",
                        Manifest::body),
                json(
                        "learned_skills",
                        "skills tried so far",
                        "What was recorded about skills: whether they work, what blocks them. The notes are untrusted"
                                + " text. For \"what has it learned\", \"why does that skill not work\".",
                        manifest -> array(manifest.json().path("learned_skills"))),
                json(
                        "calibration_status",
                        "what is calibrated",
                        "Whether joint zeros, the camera's place and at least one pose are known, each ok or missing."
                                + " For \"is it calibrated\", \"why does it miss\".",
                        manifest -> Calibration.status(manifest.json().path("physics"))),
                json(
                        "poses",
                        "named poses",
                        "The declared poses and their joint positions in encoder steps. For \"which poses are there\","
                                + " \"where is home\".",
                        manifest -> object(manifest.json().path("physics").path("poses"))),
                json(
                        "recent_invocations",
                        "what it did lately",
                        "Records of the latest executions, the newest last; empty without a robot. For \"what did it just"
                                + " do\", \"did that work\".",
                        manifest -> Json.array().addAll(executions())),
                json(
                        "recent_errors",
                        "what went wrong lately",
                        "Those of the latest executions that did not end ok, the newest last. For \"what failed\", \"why"
                                + " did it stop\".",
                        manifest -> Json.array()
                                .addAll(executions().stream()
                                        .filter(record -> !record.path("status")
                                                .asString("")
                                                .equals("ok"))
                                        .toList())));
    }

    private Resource json(String kind, String title, String description, Function<Manifest, JsonNode> content) {
        return view(kind, title, JSON, description, manifest -> Json.pretty(content.apply(manifest)));
    }

    private Resource view(
            String kind, String title, String mimeType, String description, Function<Manifest, String> content) {
        var name = served.name();
        return new Resource(
                kind, name.uri(kind), name.text() + " · " + title, description, mimeType, () -> switch (served.read()) {
                    case Manifest manifest -> new Resource.Content.Text(content.apply(manifest));
                    case Unreadable(var message) -> new Resource.Content.Unreadable(message);
                });
    }

    private List<ObjectNode> executions() {
        return switch (served.mode()) {
            case Mode.ManifestOnly() -> List.of();
            case Mode.Actuation actuation -> latest(actuation.executions().get());
        };
    }

    private static List<ObjectNode> latest(List<ObjectNode> records) {
        return records.subList(Math.max(0, records.size() - MAX_RECORDS), records.size());
    }

    private static JsonNode array(JsonNode node) {
        return node.isArray() ? node : Json.array();
    }

    private static JsonNode object(JsonNode node) {
        return node.isObject() ? node : Json.object();
    }
}
