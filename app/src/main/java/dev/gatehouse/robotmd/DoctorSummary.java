package dev.gatehouse.robotmd;

import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.HitlGate;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Health of a manifest at a glance; the keys and their order are a contract (robot-md.md 8.6). */
final class DoctorSummary {
    private static final List<String> DRIVER_FACTS = List.of("id", "protocol", "port", "host");

    private DoctorSummary() {}

    static ObjectNode of(Served served, Manifest manifest) {
        var validation = served.validate(manifest);
        var checked = validation.toJson();
        var json = manifest.json();
        var gates = manifest.hitlGates().gates();
        var rrn = Identity.rrn(json.path("metadata"));
        var out = Json.object().put("schema_ok", validation.ok());
        out.set("schema_errors", checked.get("errors"));
        out.put("robot_name", manifest.robotName().orElse(null));
        out.put("rrn", rrn.orElse(null)).put("registered", rrn.isPresent());
        out.set("dof", number(json.path("physics").path("dof")));
        out.put(
                "capabilities_count",
                json.path("capabilities").isArray() ? json.path("capabilities").size() : 0);
        out.set("drivers", drivers(json.path("drivers")));
        out.set("hitl_gates", gates(gates));
        out.set(
                "estop",
                Optional.of(json.path("safety").path("estop"))
                        .filter(JsonNode::isObject)
                        .orElse(Json.tree(null)));
        out.set("notes", Json.tree(notes(gates, rrn.isPresent())));
        out.set("warnings", checked.get("warnings"));
        out.set(
                "gates_undeclared_auth",
                Json.tree(gates.stream()
                        .filter(gate -> !gate.declared())
                        .map(HitlGate::scope)
                        .toList()));
        out.set("actuation", actuation(served.mode(), validation));
        out.set("estop_state", estopState(served.mode()));
        return out;
    }

    private static JsonNode number(JsonNode dof) {
        return dof.isNumber() ? dof : Json.tree(0);
    }

    private static JsonNode drivers(JsonNode declared) {
        var out = Json.array();
        declared.valueStream().filter(JsonNode::isObject).forEach(driver -> {
            var facts = out.addObject();
            for (var fact : DRIVER_FACTS) {
                if (driver.path(fact).isString() || driver.path(fact).isNumber()) {
                    facts.set(fact, driver.get(fact));
                }
            }
        });
        return out;
    }

    private static JsonNode gates(List<HitlGate> gates) {
        var out = Json.array();
        gates.forEach(gate -> out.addObject().put("scope", gate.scope()).put("require_auth", gate.requireAuth()));
        return out;
    }

    private static List<String> notes(List<HitlGate> gates, boolean registered) {
        var notes = new ArrayList<String>();
        notes.add(
                "Only the manifest was checked. To probe the hardware, ask the tool `status` of a `gatehouse serve` that"
                        + " has a driver for it.");
        if (gates.isEmpty()) {
            notes.add("No gates are declared. That is a gap to raise with the operator before any motion.");
        }
        if (!registered) {
            notes.add("The robot is not registered, so nobody can look it up.");
        }
        return notes;
    }

    private static JsonNode actuation(Mode mode, Validation validation) {
        var reasons = new ArrayList<String>();
        switch (mode) {
            case Mode.ManifestOnly() -> reasons.add("no_backend: no backend is configured, so nothing can move");
            case Mode.Actuation actuation -> {
                reasons.addAll(actuation.hindrances().get());
                if (!validation.ok()) {
                    reasons.add("manifest_invalid: the manifest has errors, and nothing moves until it has none");
                }
            }
        }
        var out = Json.object().put("enabled", reasons.isEmpty());
        out.set("reasons", Json.tree(reasons));
        return out;
    }

    /** Without a robot the latch is not known, which is not the same as not set. */
    private static JsonNode estopState(Mode mode) {
        return switch (mode) {
            case Mode.ManifestOnly() -> Json.object().putNull("latched").putNull("since");
            case Mode.Actuation actuation -> {
                var latch = actuation.interlock().get().latch();
                yield Json.object()
                        .put("latched", latch.isPresent())
                        .put("since", latch.map(set -> set.since().toString()).orElse(null));
            }
        };
    }
}
