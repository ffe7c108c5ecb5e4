package dev.gatehouse.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Drivers that share an id, and cameras that cannot be used as declared (robot-md.md 4.6). */
final class DriverWarnings {
    private final List<Warning> warnings = new ArrayList<>();
    private final Map<String, Section> drivers = new HashMap<>();

    private DriverWarnings() {}

    static List<Warning> of(Section root) {
        var findings = new DriverWarnings();
        findings.drivers(root);
        findings.cameras(root.section("physics").section("solver"));
        return findings.warnings;
    }

    private void drivers(Section root) {
        var repeated = new HashSet<String>();
        var list = root.list("drivers");
        for (var i = 0; i < list.size(); i++) {
            var driver = Section.of(list.get(i));
            var id = driver.text("id");
            if (id.isPresent() && drivers.putIfAbsent(id.get(), driver) != null && repeated.add(id.get())) {
                warn(
                        Pointers.child("/drivers", i) + "/id",
                        WarningCode.DUPLICATE_DRIVER,
                        "more than one driver has this id; the first is used");
            }
        }
    }

    private void cameras(Section solver) {
        if (solver.has("camera")) {
            warn(
                    "/physics/solver/camera",
                    WarningCode.DEPRECATED_CAMERA,
                    "the single form is deprecated; use physics.solver.cameras");
        }
        var list = solver.list("cameras");
        for (var i = 0; i < list.size(); i++) {
            camera(Section.of(list.get(i)), Pointers.child("/physics/solver/cameras", i));
        }
    }

    private void camera(Section camera, String pointer) {
        var id = camera.text("driver_id");
        if (id.isEmpty()) {
            return;
        }
        var driver = drivers.get(id.get());
        if (driver == null) {
            warn(
                    pointer + "/driver_id",
                    WarningCode.CAMERA_DRIVER,
                    "no driver has this id, so the camera cannot be used");
            return;
        }
        var stream = camera.text("primary_stream");
        if (stream.isPresent()
                && driver.section("streams").section(stream.get()).value("intrinsic") == null) {
            warn(
                    pointer,
                    WarningCode.CAMERA_INTRINSIC,
                    "its primary stream has no intrinsic, so pixels have no direction");
        }
    }

    private void warn(String pointer, WarningCode code, String text) {
        warnings.add(Warning.atPointer(pointer, code, text));
    }
}
