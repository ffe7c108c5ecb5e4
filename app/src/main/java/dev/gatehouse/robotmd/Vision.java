package dev.gatehouse.robotmd;

import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.robot.Sighting;
import dev.gatehouse.robot.VisionQuery;
import dev.gatehouse.tool.ToolResult;
import tools.jackson.databind.node.ObjectNode;

/** Looks for declared objects with the robot's camera (robot-md.md 10.10). */
final class Vision {
    private final ManifestFile file;
    private final Robot robot;

    Vision(ManifestFile file, Robot robot) {
        this.file = file;
        this.robot = robot;
    }

    ToolResult find(String descriptor) {
        if (robot.driver().isEmpty()) {
            return error("no_backend", "no robot driver is open");
        }
        if (!(file.read() instanceof Manifest manifest)) {
            return error("manifest_unreadable", "the manifest cannot be read");
        }
        var declared = manifest.objectDescriptors().stream()
                .filter(d -> d.id().equals(descriptor))
                .findFirst();
        if (declared.isEmpty()) {
            return error("unknown_descriptor", "the manifest declares no such object");
        }
        var query = new VisionQuery(descriptor, declared.get().detector(), (ObjectNode)
                Json.tree(declared.get().params()));
        return switch (robot.driver().get().find(query)) {
            case Sighting.Found found -> ToolResult.ok(found(descriptor, found));
            case Sighting.NotFound notFound ->
                ToolResult.ok(Json.object().put("status", "not_found").put("descriptor", descriptor));
            case Sighting.NoFrame noFrame -> error("no_frame", "the camera gave no picture");
            case Sighting.UnknownDetector unknown -> error("unknown_detector", "the robot has no such detector");
        };
    }

    private static ObjectNode found(String descriptor, Sighting.Found found) {
        var out = Json.object().put("status", "ok").put("descriptor", descriptor);
        out.putArray("pixel").add(found.u()).add(found.v());
        found.depthMm().ifPresentOrElse(mm -> out.put("depth_mm", mm), () -> out.putNull("depth_mm"));
        found.depthReason().ifPresent(reason -> out.put("depth_reason", reason));
        found.cameraXyzMm()
                .ifPresentOrElse(at -> out.set("camera_xyz_mm", at.json()), () -> out.putNull("camera_xyz_mm"));
        return out.put("area_px2", found.areaPx2());
    }

    private static ToolResult error(String reason, String message) {
        return ToolResult.refused(ToolResult.Outcome.ERROR, false, reason, message);
    }
}
