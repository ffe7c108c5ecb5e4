package dev.gatehouse.gate;

import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the contract of a capability wants to be true before it is used (robot-md.md 10.6). */
final class Preconditions {
    private static final Set<String> CAMERA_PROTOCOLS = Set.of("depthai", "realsense", "v4l2", "zed", "uvc");
    private static final @Nullable String NO_COMMAND = null;

    private final Manifest manifest;
    private final JsonNode json;
    private final boolean driverOpen;

    private Preconditions(Manifest manifest, JsonNode json, boolean driverOpen) {
        this.manifest = manifest;
        this.json = json;
        this.driverOpen = driverOpen;
    }

    /** One that does not hold. */
    record Broken(
            String kind,
            String name,
            String message,
            @Nullable String suggestedFix) {
        ObjectNode json() {
            return Json.object()
                    .put("kind", kind)
                    .put("name", name.isEmpty() ? null : name)
                    .put("message", message)
                    .put("suggested_fix", suggestedFix);
        }
    }

    /** The refusal of a capability for which one of them does not hold. */
    static Optional<Verdict.Deny> denial(Declared.Present declared, String capability, boolean driverOpen) {
        var broken = broken(declared.manifest(), capability, driverOpen);
        if (broken.isEmpty()) {
            return Optional.empty();
        }
        var detail = Json.object();
        var list = detail.putArray("preconditions");
        broken.forEach(one -> list.add(one.json()));
        return Optional.of(Verdict.Deny.blocked(
                        Step.MANIFEST,
                        "precondition",
                        "precondition",
                        "what the manifest wants before " + capability + " does not hold")
                .with(detail));
    }

    /** All that do not hold for a capability, in the order of its contract; one that nobody can check does not hold. */
    static List<Broken> broken(Manifest manifest, String capability, boolean driverOpen) {
        var json = manifest.json();
        var contract = json.path("capability_contracts").path(capability).path("preconditions");
        var state = new Preconditions(manifest, json, driverOpen);
        var broken = new ArrayList<Broken>();
        contract.forEach(precondition -> {
            var kind = precondition.path("kind").asString("");
            var name = precondition.path("name").asString("");
            if (!state.holds(kind, name)) {
                broken.add(new Broken(kind, name, message(kind, name), fix(kind)));
            }
        });
        return broken;
    }

    private boolean holds(String kind, String name) {
        return switch (kind) {
            case "pose_taught" ->
                manifest.kinematics().poses().containsKey(name)
                        && !manifest.kinematics().poses().get(name).isEmpty();
            case "extrinsic_present" -> extrinsicPresent();
            case "vision_map_present" -> solver().path("vision_map").isObject();
            case "ik_provider_set" -> !solver().path("ik_provider").asString("").isEmpty();
            case "workspace_declared" ->
                manifest.limits().bounds().isPresent()
                        || manifest.limits().extents().isPresent();
            case "learned_skill_ok" -> skillOk(name);
            case "backend_resolved" -> driverOpen;
            default -> false;
        };
    }

    private JsonNode solver() {
        return json.path("physics").path("solver");
    }

    /** A camera is usable if it names a declared driver; the old single camera belongs to the first driver that is one (4.8). */
    private boolean extrinsicPresent() {
        for (var camera : solver().path("cameras")) {
            if (camera.path("extrinsic").isArray()
                    && drivers("id").contains(camera.path("driver_id").asString(""))) {
                return true;
            }
        }
        return solver().path("cameras").isMissingNode()
                && solver().path("camera").path("extrinsic").isArray()
                && drivers("protocol").stream().anyMatch(CAMERA_PROTOCOLS::contains);
    }

    private List<String> drivers(String member) {
        var out = new ArrayList<String>();
        json.path("drivers").forEach(driver -> out.add(driver.path(member).asString("")));
        return out;
    }

    private boolean skillOk(String name) {
        for (var skill : json.path("learned_skills")) {
            if (!name.isEmpty() && skill.path("id").asString("").equals(name)) {
                return skill.path("status").asString("").equals("ok");
            }
        }
        return false;
    }

    private static String message(String kind, String name) {
        return switch (kind) {
            case "pose_taught" -> "the pose " + quoted(name) + " is not taught";
            case "extrinsic_present" -> "no usable camera knows where it is mounted";
            case "vision_map_present" -> "the camera has not been mapped to the workspace";
            case "ik_provider_set" -> "no solver for positions is chosen";
            case "workspace_declared" -> "the manifest declares no workspace";
            case "learned_skill_ok" -> "the skill " + quoted(name) + " is not recorded as ok";
            case "backend_resolved" -> "no robot driver is open";
            default -> "nobody here can check this";
        };
    }

    private static String quoted(String name) {
        return name.isEmpty() ? "(without a name)" : "\"" + name + "\"";
    }

    /** A command that mends it, where there is one. */
    private static @Nullable String fix(String kind) {
        return kind.equals("backend_resolved") ? "gatehouse serve --driver sim-arm" : NO_COMMAND;
    }
}
