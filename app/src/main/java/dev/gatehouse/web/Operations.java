package dev.gatehouse.web;

import dev.gatehouse.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations of {@code openapi.json}: one for each route, with what its kind of route has in common with others added. */
final class Operations {
    private static final Pattern PART = Pattern.compile("\\{(\\w+)}");
    private static final List<String> WIRE = List.of(
            "bad_request",
            "token_in_url",
            "origin_denied",
            "misdirected",
            "headers_too_large",
            "internal",
            "no_capacity",
            "stopping");
    private static final List<String> BODY = List.of("request_timeout", "too_large", "unsupported_media_type");

    private final JsonNode description;

    Operations(JsonNode description) {
        this.description = description;
    }

    /** The name under which an operation is described. */
    static String name(Route route) {
        return route.method() + " " + route.template();
    }

    /** The operation of a route; one that nobody described has no summary. */
    ObjectNode of(Route route) {
        var said = said(name(route));
        var out = Json.object();
        if (said.has("summary")) {
            out.set("summary", said.get("summary"));
        }
        out.put("operationId", id(route));
        if (route.access() == Route.Access.OPEN) {
            out.putArray("security");
        }
        var parameters = out.putArray("parameters");
        PART.matcher(route.template()).results().forEach(part -> parameters.add(reference(part.group(1))));
        said.path("parameters").valueStream().forEach(name -> parameters.add(reference(name.stringValue())));
        if (said.has("body")) {
            var body = out.putObject("requestBody").put("required", true).putObject("content");
            body.putObject("application/json").set("schema", Shapes.schema(said.get("body")));
        }
        out.set("responses", responses(route, said));
        return out;
    }

    private JsonNode said(String name) {
        var own = description.path("operations").path(name);
        if (!own.has("like")) {
            return own;
        }
        var out = (ObjectNode) said(own.path("like").stringValue()).deepCopy();
        return out.setAll((ObjectNode) own);
    }

    private static String id(Route route) {
        var words = route.template().replaceAll("[^A-Za-z]+", " ").strip().split(" ", -1);
        var out = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
        for (var word : words) {
            out.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return out.toString();
    }

    private static ObjectNode reference(String parameter) {
        return Json.object().put("$ref", "#/components/parameters/" + parameter);
    }

    private ObjectNode responses(Route route, JsonNode said) {
        var out = Json.object();
        for (var answer : said.path("answers").properties()) {
            var response = out.putObject(answer.getKey());
            var parts = answer.getValue();
            response.set("description", parts.get(0));
            response.set("headers", headers());
            if (parts.size() > 1) {
                var content = response.putObject("content");
                parts.get(1)
                        .properties()
                        .forEach(media ->
                                content.putObject(media.getKey()).set("schema", Shapes.schema(media.getValue())));
            }
        }
        codes(route, said).forEach((status, codes) -> problem(out, status, codes));
        return out;
    }

    private static void problem(ObjectNode responses, String status, Set<String> codes) {
        var response = responses.withObject("/" + status);
        if (!response.has("description")) {
            response.put("description", String.join(", ", codes));
            response.set("headers", headers());
        }
        var schema = Json.object();
        var parts = schema.putArray("allOf").add(Shapes.reference("Problem"));
        parts.addObject().putObject("properties").putObject("code").set("enum", Json.tree(codes));
        response.withObject("/content").putObject("application/problem+json").set("schema", schema);
    }

    private static ObjectNode headers() {
        var out = Json.object();
        out.putObject("X-Request-Id").put("$ref", "#/components/headers/X-Request-Id");
        return out;
    }

    /** The codes a route may answer with, by status. */
    private Map<String, Set<String>> codes(Route route, JsonNode said) {
        var names = new ArrayList<>(WIRE);
        if (route.access() != Route.Access.OPEN) {
            names.add("unauthorized");
        }
        if (route.access() != Route.Access.OPEN && route.access() != Route.Access.STOP) {
            names.add("too_many_failures");
        }
        if (route.readsBody()) {
            names.addAll(BODY);
        }
        if (route.body() == Route.Body.JSON) {
            names.add("invalid_request");
        }
        said.path("problems").valueStream().forEach(code -> names.add(code.stringValue()));
        var out = new TreeMap<String, Set<String>>();
        names.forEach(name -> file(out, name, description.path("problems").path(name)));
        if (said.path("outcomes").booleanValue(false)) {
            description.path("outcomes").properties().forEach(state -> file(out, state.getKey(), state.getValue()));
        }
        return out;
    }

    private static void file(Map<String, Set<String>> out, String code, JsonNode statuses) {
        statuses.valueStream()
                .filter(JsonNode::isInt)
                .forEach(status -> out.computeIfAbsent(status.asString(), s -> new LinkedHashSet<>())
                        .add(code));
    }
}
