package dev.gatehouse.rest;

import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestParser;
import dev.gatehouse.manifest.Renderer;
import dev.gatehouse.manifest.Unreadable;
import dev.gatehouse.manifest.Validator;
import dev.gatehouse.rest.Route.Reply;
import dev.gatehouse.robotmd.Identity;
import dev.gatehouse.robotmd.Served;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** All routes of the bridge; the OpenAPI document is written from the same table (robot-md.md section 9). */
final class Routes {
    private static final String ROBOTS = "robots";
    private static final Route NOTHING = stray(Answer.notFound());
    private static final Route NO_SUCH_ROBOT = stray(Answer.error(404, "unknown robot"));

    private final Served served;
    private final List<Route> all;

    Routes(Served served, boolean guarded) {
        this.served = served;
        this.all = List.of(
                get("/health", "getHealth", "Whether the bridge runs, and for which robot", (host, body) -> health()),
                get("/openapi.json", "getOpenApi", "This document", (host, body) -> openApi(host, guarded)),
                json("frontmatter", "getFrontmatter", "The whole declaration", "object", Manifest::json),
                json("capabilities", "getCapabilities", "What the robot can do", "array", Routes::capabilities),
                json("safety", "getSafety", "Gates, e-stop and limits", "object", Routes::safety),
                text("body", "getBody", "The operator's prose, in Markdown", Manifest::body),
                text("identity", "getIdentity", "Who the robot is, on one line", Identity::restLine),
                text("context", "getContext", "A briefing in Markdown", this::context),
                post(
                        "/validate",
                        "Checks the text of a ROBOT.md and lists errors and warnings",
                        reply(200, "The findings; ok tells whether there are errors", Answer.JSON, "object"),
                        (host, body) -> validate(body)),
                post(
                        "/render",
                        "The frontmatter of a ROBOT.md as plain YAML",
                        reply(200, "YAML", Answer.TEXT, "string"),
                        (host, body) -> render(body)));
    }

    List<Route> all() {
        return all;
    }

    /** The route of a request; where there is none, one that says so. The robot's name may have any spelling that decodes to it. */
    Route find(String method, String rawPath) {
        var parts = rawPath.split("/", -1);
        var ofRobot = parts.length == 4 && parts[1].equals(ROBOTS);
        var path = ofRobot ? ofRobot(parts[3]) : rawPath;
        for (var route : all) {
            if (route.path().equals(path) && route.answers(method)) {
                return ofRobot && !served.name().isSpelt(parts[2]) ? NO_SUCH_ROBOT : route;
            }
        }
        return NOTHING;
    }

    private Answer health() {
        return Answer.json(
                200, Json.object().put("ok", true).put("robot", served.name().text()));
    }

    private Answer openApi(String host, boolean guarded) {
        return Answer.json(200, OpenApi.document(served.name().text(), host, guarded, all));
    }

    private static Answer validate(byte[] body) {
        return switch (ManifestParser.parse(body)) {
            case Manifest manifest ->
                Answer.json(200, Validator.validate(manifest).toJson());
            case Unreadable(var message) -> {
                var out = Json.object().put("ok", false);
                out.putArray("errors").addObject().put("message", message);
                yield Answer.json(400, out);
            }
        };
    }

    private static Answer render(byte[] body) {
        return switch (ManifestParser.parse(body)) {
            case Manifest manifest -> Answer.text(Renderer.render(manifest.frontmatter()));
            case Unreadable(var message) -> Answer.error(400, message);
        };
    }

    private String context(Manifest manifest) {
        return String.join(
                "\n\n",
                "# " + served.name().text(),
                "**Identity:** " + Identity.restLine(manifest),
                "**Capabilities:** " + Json.line(capabilities(manifest)),
                "**Safety:** " + Json.line(safety(manifest)),
                "## Body",
                manifest.body().strip());
    }

    private static JsonNode capabilities(Manifest manifest) {
        var declared = manifest.json().path("capabilities");
        return declared.isArray() ? declared : Json.array();
    }

    private static JsonNode safety(Manifest manifest) {
        var declared = manifest.json().path("safety");
        return declared.isObject() ? declared : Json.object();
    }

    private static Route get(String path, String operation, String summary, Route.Handler handler) {
        var replies = List.of(reply(200, summary, Answer.JSON, "object"));
        return new Route("GET", path, operation, summary, false, replies, handler);
    }

    private static Route post(String path, String summary, Reply good, Route.Handler handler) {
        var replies = List.of(
                good,
                reply(400, "It does not parse", Answer.JSON, "object"),
                reply(413, "It is larger than a ROBOT.md may be", Answer.JSON, "object"));
        return new Route("POST", path, path.substring(1), summary, true, replies, handler);
    }

    private Route json(
            String kind, String operation, String summary, String type, Function<Manifest, JsonNode> content) {
        var good = reply(200, summary, Answer.JSON, type);
        return reading(kind, operation, summary, good, manifest -> Answer.json(200, content.apply(manifest)));
    }

    private Route text(String kind, String operation, String summary, Function<Manifest, String> content) {
        var good = reply(200, summary, Answer.TEXT, "string");
        return reading(kind, operation, summary, good, manifest -> Answer.text(content.apply(manifest)));
    }

    private Route reading(
            String kind, String operation, String summary, Reply good, Function<Manifest, Answer> content) {
        var replies = List.of(good, reply(503, "The file cannot be read or parsed now", Answer.JSON, "object"));
        return new Route(
                "GET", ofRobot(kind), operation, summary, false, replies, (host, body) -> switch (served.read()) {
                    case Manifest manifest -> content.apply(manifest);
                    case Unreadable(var message) -> Answer.error(503, message);
                });
    }

    private static Route stray(Answer answer) {
        return new Route("", "", "", "", false, List.of(), (host, body) -> answer);
    }

    private String ofRobot(String kind) {
        return "/" + ROBOTS + "/" + served.name().encoded() + "/" + kind;
    }

    private static Reply reply(int status, String description, String mediaType, String type) {
        return new Reply(status, description, mediaType, Json.object().put("type", type));
    }
}
