package dev.gatehouse.web;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.id.Build;
import dev.gatehouse.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The server described in OpenAPI 3.1: which routes there are is taken from their table, what they mean from
 * {@code description.yaml}. So the document never names a route that is not served, and a route that nobody described is seen in it.
 */
final class OpenApi {
    private OpenApi() {}

    /** What {@code description.yaml} says. */
    static JsonNode description() {
        try (var file = Objects.requireNonNull(OpenApi.class.getResourceAsStream("description.yaml"), "own resource")) {
            return StrictYaml.tree(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | ConfigException e) {
            throw new IllegalStateException("the description is a part of the program", e);
        }
    }

    /** The document for these routes, of which one that only repeats another without its prefix is left out. */
    static ObjectNode document(List<Route> routes) {
        var description = description();
        var out = Json.object().put("openapi", "3.1.0");
        var info = out.putObject("info").put("version", Build.version());
        info.set("title", description.path("title"));
        info.set("description", description.path("about"));
        out.putArray("security").addObject().putArray("bearer");
        out.set("paths", paths(routes, new Operations(description)));
        out.set("components", components(description));
        return out;
    }

    private static ObjectNode paths(List<Route> routes, Operations operations) {
        var templates = new TreeSet<String>();
        routes.forEach(route -> templates.add(route.template()));
        var out = Json.object();
        for (var template : templates) {
            if (!templates.contains("/v1" + template)) {
                var item = out.putObject(template);
                routes.stream()
                        .filter(route -> route.template().equals(template))
                        .forEach(route -> item.set(route.method().toLowerCase(Locale.ROOT), operations.of(route)));
            }
        }
        return out;
    }

    private static ObjectNode components(JsonNode description) {
        var out = Json.object();
        out.putObject("securitySchemes").putObject("bearer").put("type", "http").put("scheme", "bearer");
        out.putObject("headers")
                .putObject("X-Request-Id")
                .put("description", "Names the request in the log of the server.")
                .set("schema", Json.object().put("type", "string"));
        out.set("parameters", parameters(description));
        out.set("schemas", schemas(description));
        return out;
    }

    private static ObjectNode parameters(JsonNode description) {
        var out = Json.object();
        for (var said : description.path("parameters").properties()) {
            var name = said.getKey();
            var where = said.getValue().get(0).stringValue();
            var parameter = out.putObject(name);
            parameter.put("name", name.equals("afterSeq") ? "after" : name).put("in", where);
            parameter.set("description", said.getValue().get(1));
            if (where.equals("path")) {
                parameter.put("required", true);
            }
            var type = said.getValue().get(2);
            parameter.set("schema", type.isObject() ? type : Shapes.schema(type));
        }
        return out;
    }

    private static ObjectNode schemas(JsonNode description) {
        var out = Json.object();
        description
                .path("shapes")
                .properties()
                .forEach(shape -> out.set(shape.getKey(), Shapes.schema(shape.getValue())));
        for (var codes : description.path("codes").properties()) {
            var schema = Shapes.oneOf(codes.getValue().path("values"));
            schema.set("description", codes.getValue().path("about"));
            out.set(codes.getKey(), schema);
        }
        var problems = Json.object().put("type", "string");
        var meanings = new StringBuilder("Stable codes of problems, with their status:\n");
        description.path("problems").properties().forEach(code -> {
            problems.withArray("enum").add(code.getKey());
            meanings.append("\n* `").append(code.getKey()).append("` ");
            meanings.append(code.getValue().get(0).intValue()).append(": ");
            meanings.append(code.getValue().get(1).stringValue());
        });
        out.set("ProblemCode", problems.put("description", meanings.toString()));
        events(description, out);
        return out;
    }

    /** One schema a type, and one that chooses among them by the type that a line names. */
    private static void events(JsonNode description, ObjectNode out) {
        var types = Json.array();
        var cases = Json.array();
        for (var kind : List.of("events", "lines")) {
            for (var event : description.path(kind).properties()) {
                var schema = Shapes.object(event.getValue());
                if (kind.equals("events")) {
                    schema.withObject("/properties")
                            .set("seq", Json.object().put("type", "integer").put("minimum", 1));
                    schema.withArray("required").add("seq");
                }
                var name = "Event_" + event.getKey();
                out.set(name, schema);
                types.add(event.getKey());
                var choice = cases.addObject();
                choice.putObject("if").putObject("properties").putObject("type").put("const", event.getKey());
                choice.set("then", Shapes.reference(name));
            }
        }
        var envelope = Shapes.object(Json.object()
                .put("v", "integer")
                .put("ts", "time")
                .put("task_id", "string")
                .put("type", "string"));
        envelope.withObject("/properties").set("type", Shapes.oneOf(types));
        envelope.set("allOf", cases);
        out.set("Event", envelope);
    }
}
