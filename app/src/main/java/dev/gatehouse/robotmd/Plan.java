package dev.gatehouse.robotmd;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plan as a model wrote it: its shape is right, and nothing else of it is known to be (robot-md.md 10.9).
 *
 * @param id of exactly these steps under exactly this manifest
 */
record Plan(String id, String manifestSha256, List<Step> steps) {
    static final int MAX_STEPS = 32;
    private static final int MAX_NAME = 128;
    private static final Set<String> MEMBERS = Set.of("capability", "args", "confidence");

    Plan {
        steps = List.copyOf(steps);
    }

    /**
     * One step.
     *
     * @param confidence of the model that this is the right step, 0 if it does not say
     */
    record Step(String capability, ObjectNode args, double confidence) {
        ObjectNode json() {
            var out = Json.object().put("capability", capability);
            out.set("args", args.deepCopy());
            return out.put("confidence", confidence);
        }
    }

    /** The plan that a proposal is; empty if it has another shape, no step or too many of them. */
    static Optional<Plan> of(JsonNode proposed, String manifestSha256) {
        if (!(proposed instanceof ArrayNode list) || list.isEmpty() || list.size() > MAX_STEPS) {
            return Optional.empty();
        }
        var steps = new ArrayList<Step>();
        for (var item : list) {
            var step = step(item);
            if (step.isEmpty()) {
                return Optional.empty();
            }
            steps.add(step.get());
        }
        return id(steps, manifestSha256).map(id -> new Plan(id, manifestSha256, steps));
    }

    /** A member that is not of a step could mean anything, so nothing is made of it. */
    private static Optional<Step> step(JsonNode item) {
        var capability = item.path("capability").asString("");
        var args = item.has("args") ? item.path("args") : Json.object();
        var confidence = item.has("confidence") ? item.path("confidence") : Json.tree(0.0);
        return item.isObject()
                        && MEMBERS.containsAll(item.propertyNames())
                        && item.path("capability").isString()
                        && !capability.isEmpty()
                        && capability.length() <= MAX_NAME
                        && confidence.isNumber()
                        && confidence.doubleValue() >= 0
                        && confidence.doubleValue() <= 1
                        && args instanceof ObjectNode object
                ? Optional.of(new Step(capability, object, confidence.doubleValue()))
                : Optional.empty();
    }

    /** A number or a text without one form cannot be agreed to, so it is no part of a plan. */
    private static Optional<String> id(List<Step> steps, String manifestSha256) {
        var content = Json.object().put("manifest_sha256", manifestSha256);
        var list = content.putArray("steps");
        steps.forEach(step -> list.add(step.json()));
        try {
            return Optional.of("pln-" + CanonicalJson.sha256(content));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
