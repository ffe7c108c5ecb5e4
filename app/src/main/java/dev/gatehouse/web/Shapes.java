package dev.gatehouse.web;

import dev.gatehouse.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns the short notation of {@code description.yaml} into JSON Schema. */
final class Shapes {
    private static final String NULLABLE = "nullable ";
    private static final String MAP = "map of ";

    private Shapes() {}

    /** The schema of a type, a list, a choice of texts, or an object with these members. */
    static ObjectNode schema(JsonNode shape) {
        if (shape.isString()) {
            return named(shape.stringValue());
        }
        if (shape.isArray()) {
            return shape.size() == 1 ? listOf(shape.get(0)) : oneOf(shape);
        }
        return shape.path("schema").isObject() ? (ObjectNode) shape.get("schema") : object(shape);
    }

    /** An object whose members are there unless their names end in a question mark. Others may come with a later version. */
    static ObjectNode object(JsonNode members) {
        var out = Json.object().put("type", "object");
        var properties = Json.object();
        var required = Json.array();
        for (var member : members.properties()) {
            var optional = member.getKey().endsWith("?");
            var name = optional ? member.getKey().substring(0, member.getKey().length() - 1) : member.getKey();
            properties.set(name, schema(member.getValue()));
            if (!optional) {
                required.add(name);
            }
        }
        out.set("properties", properties);
        out.set("required", required);
        return out;
    }

    static ObjectNode reference(String shape) {
        return Json.object().put("$ref", "#/components/schemas/" + shape);
    }

    static ObjectNode oneOf(JsonNode texts) {
        var out = Json.object().put("type", "string");
        out.set("enum", texts);
        return out;
    }

    private static ObjectNode listOf(JsonNode item) {
        var out = Json.object().put("type", "array");
        out.set("items", schema(item));
        return out;
    }

    private static ObjectNode named(String name) {
        if (name.startsWith(NULLABLE)) {
            var out = Json.object();
            out.putArray("anyOf").add(named(name.substring(NULLABLE.length()))).add(type("null"));
            return out;
        }
        if (name.startsWith(MAP)) {
            var out = type("object");
            out.set("additionalProperties", named(name.substring(MAP.length())));
            return out;
        }
        if (name.equals("time")) {
            return type("string").put("format", "date-time");
        }
        return Character.isUpperCase(name.charAt(0)) ? reference(name) : type(name);
    }

    private static ObjectNode type(String name) {
        return Json.object().put("type", name);
    }
}
