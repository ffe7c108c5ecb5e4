package dev.gatehouse.manifest;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Words the library's findings as robot-md.md 4.3 does: same pointers, stable texts, nothing of the library's own prose. */
final class SchemaErrors {
    private SchemaErrors() {}

    /** One line per violation; identical lines are one. */
    static List<String> texts(List<Error> errors) {
        var lines = new LinkedHashSet<String>();
        for (var error : errors) {
            lines.add(line(error.getInstanceLocation(), text(error)));
            if ("propertyNames".equals(error.getKeyword())) {
                lines.add(line(error.getInstanceLocation(), "property name must be valid"));
            }
            addThen(error, lines);
        }
        return List.copyOf(lines);
    }

    private static String line(NodePath location, String text) {
        return Pointers.shown(location.toString()) + ": " + text;
    }

    private static String text(Error error) {
        var rule = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "required" -> "must have required property '" + error.getProperty() + "'";
            case "type" -> "must be " + types(rule);
            case "const" -> "must be equal to constant";
            case "enum" -> "must be equal to one of the allowed values";
            case "pattern" -> "must match pattern \"" + rule.asString() + "\"";
            case "propertyNames" ->
                "must match pattern \"" + rule.path("pattern").asString() + "\"";
            case "format" -> "must match format \"" + rule.asString() + "\"";
            case "minimum" -> "must be >= " + rule.asString();
            case "maximum" -> "must be <= " + rule.asString();
            case "exclusiveMinimum" -> "must be > " + rule.asString();
            case "minLength" -> "must NOT have fewer than " + rule.asString() + " characters";
            case "maxLength" -> "must NOT have more than " + rule.asString() + " characters";
            case "minItems" -> "must NOT have fewer than " + rule.asString() + " items";
            case "maxItems" -> "must NOT have more than " + rule.asString() + " items";
            case "uniqueItems" -> duplicate(error.getInstanceNode());
            case "additionalProperties" -> "must NOT have additional properties";
            case "oneOf" -> "must match exactly one schema in oneOf";
            default ->
                throw new IllegalStateException("the schema uses a keyword without a text: " + error.getKeyword());
        };
    }

    private static String types(JsonNode rule) {
        return rule.isArray()
                ? rule.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
                : rule.asString();
    }

    /** Names the last pair of equal items. */
    private static String duplicate(JsonNode array) {
        var seen = new HashMap<JsonNode, Integer>();
        var first = 0;
        var second = 0;
        for (var i = 0; i < array.size(); i++) {
            var earlier = seen.put(array.get(i), i);
            if (earlier != null) {
                first = earlier;
                second = i;
            }
        }
        return "must NOT have duplicate items (items ## %d and %d are identical)".formatted(first, second);
    }

    /** A violation inside a {@code then} branch is also one of the object the branch applies to. */
    private static void addThen(Error error, Set<String> lines) {
        var path = error.getEvaluationPath();
        for (var i = 0; i < path.getNameCount(); i++) {
            if ("then".equals(path.getElement(i))) {
                var object = error.getInstanceLocation();
                for (var up = instanceSteps(path, i + 1); up > 0; up--) {
                    object = object.getParent();
                }
                lines.add(line(object, "must match \"then\" schema"));
            }
        }
    }

    /** How many levels of the instance the schema path descends from {@code start} on. */
    private static int instanceSteps(NodePath path, int start) {
        var steps = 0;
        for (var i = start; i < path.getNameCount(); i++) {
            if ("properties".equals(path.getElement(i))) {
                steps++;
                i++;
            }
        }
        return steps;
    }
}
