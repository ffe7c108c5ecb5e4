package dev.gatehouse.doctor;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.manifest.DriverEntry;
import dev.gatehouse.manifest.HitlGate;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.manifest.ManifestPath;
import dev.gatehouse.manifest.ManifestStart;
import dev.gatehouse.manifest.Validation;
import dev.gatehouse.manifest.Validator;
import dev.gatehouse.manifest.Warning;
import dev.gatehouse.manifest.WarningCode;
import dev.gatehouse.server.ServerConfig;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Whether the robot is declared, soundly, and by whom; and whether anything here can drive it. */
final class ManifestChecks {
    private static final String CHECK = "manifest";
    private static final Set<WarningCode> GATES =
            EnumSet.of(WarningCode.GATE_GAP, WarningCode.GATE_UNKNOWN_SCOPE, WarningCode.GATE_AUTH_MISSING);

    private ManifestChecks() {}

    static List<Finding> of(Subject subject) {
        var findings = new ArrayList<Finding>();
        subject.manifest()
                .notes()
                .forEach(note -> findings.add(Finding.warning(CHECK, note, "correct whoever hands it over")));
        findings.addAll(search(subject));
        return findings;
    }

    private static List<Finding> search(Subject subject) {
        return switch (subject.manifest()) {
            case ManifestPath.NotFound nothing ->
                List.of(Finding.problem(CHECK, nothing.message(), "name it: gatehouse doctor FILE"));
            case ManifestPath.Failed failed ->
                List.of(Finding.problem(
                        CHECK, failed.message(), "correct what names it; no other source is asked instead"));
            case ManifestPath.Found found -> found(subject, found);
        };
    }

    private static List<Finding> found(Subject subject, ManifestPath.Found found) {
        var findings = new ArrayList<Finding>();
        findings.add(file(found));
        switch (ManifestStart.of(new ManifestFile(found.path(), Ticker.system()))) {
            case ManifestStart.Failed(var message) ->
                findings.add(
                        Finding.problem("content", message, "correct it, then: gatehouse validate " + found.path()));
            case ManifestStart.Ready ready -> {
                var manifest = ready.manifest();
                var validation = Validator.validate(manifest);
                findings.add(content(validation, found.path()));
                findings.add(gates(manifest, validation));
                findings.add(provenance(validation));
                findings.addAll(drivers(subject, manifest.drivers(), found.path()));
                findings.addAll(DeviceChecks.of(manifest.drivers()));
            }
        }
        return findings;
    }

    private static Finding file(ManifestPath.Found found) {
        try {
            if (Files.getPosixFilePermissions(found.path()).contains(PosixFilePermission.OTHERS_WRITE)) {
                return Finding.warning(
                        CHECK,
                        found.path() + ": everybody on this machine can change its limits and gates",
                        "chmod o-w " + found.path());
            }
        } catch (IOException | UnsupportedOperationException e) {
            return Finding.warning(CHECK, found.path() + ": its mode cannot be told", "");
        }
        return Finding.ok(CHECK, found.line());
    }

    private static Finding content(Validation validation, Path path) {
        var next = "gatehouse validate " + path;
        if (!validation.ok()) {
            var count = validation.errors().size();
            return Finding.problem(
                    "content",
                    count + (count == 1 ? " error: " : " errors, the first: ")
                            + validation.errors().getFirst() + "; nothing moves until it is valid",
                    next);
        }
        var others = validation.warnings().stream()
                .filter(warning -> !GATES.contains(warning.code()) && warning.code() != WarningCode.SIGNATURE)
                .toList();
        return others.isEmpty()
                ? Finding.ok("content", validation.summary())
                : Finding.warning("content", validation.summary() + "; " + listed(others), next);
    }

    private static Finding gates(Manifest manifest, Validation validation) {
        var doubtful = validation.warnings().stream()
                .filter(warning -> GATES.contains(warning.code()))
                .toList();
        if (!doubtful.isEmpty()) {
            return Finding.warning("gates", listed(doubtful), "say in safety.hitl_gates what needs a person");
        }
        var gates = manifest.hitlGates().gates();
        return Finding.ok(
                "gates",
                "a person is asked for: " + scopes(gates, true) + "; nobody is asked for: " + scopes(gates, false));
    }

    private static String scopes(List<HitlGate> gates, boolean requireAuth) {
        var scopes = gates.stream()
                .filter(gate -> gate.requireAuth() == requireAuth)
                .map(HitlGate::scope)
                .collect(joining(", "));
        return scopes.isEmpty() ? "nothing declared" : scopes;
    }

    private static Finding provenance(Validation validation) {
        return validation.warnings().stream()
                .filter(warning -> warning.code() == WarningCode.SIGNATURE)
                .findFirst()
                .map(warning -> Finding.warning(
                        "provenance", warning.text(), "do not take the footer for a proof of who wrote the file"))
                .orElseGet(() -> Finding.ok("provenance", "not signed, and claims nothing"));
    }

    private static List<Finding> drivers(Subject subject, List<DriverEntry> declared, Path manifest) {
        var findings = new ArrayList<Finding>();
        var known = subject.drivers().getOrDefault(subject.driver(), Set.of());
        if (!subject.drivers().containsKey(subject.driver())) {
            findings.add(Finding.problem(
                    "driver",
                    "there is no driver " + subject.driver(),
                    "choose one of: "
                            + subject.drivers().keySet().stream().sorted().collect(joining(", "))));
        } else if (subject.start()
                .filter(start -> start.driver() instanceof ServerConfig.DriverChoice.ToolServer)
                .isPresent()) {
            findings.add(Finding.ok("driver", "a tool server moves the robot"));
        } else if (known.isEmpty()) {
            findings.add(Finding.ok("driver", "none chosen: the manifest can be read, nothing can move"));
        } else if (declared.stream().noneMatch(driver -> known.contains(driver.protocol()))) {
            findings.add(Finding.warning(
                    "driver",
                    subject.driver() + " serves none of the protocols in ROBOT.md",
                    "choose another --driver"));
        } else if (known.contains("sim")
                && !Files.isReadable(subject.scene().orElse(manifest.resolveSibling("scene.yaml")))) {
            findings.add(Finding.warning(
                    "driver",
                    subject.driver() + " needs a scene, and there is no scene.yaml beside ROBOT.md",
                    "copy the one of examples/sim-arm, or name one: gatehouse serve --scene FILE"));
        } else {
            findings.add(Finding.ok("driver", subject.driver()));
        }
        var undriven = declared.stream()
                .filter(driver -> subject.drivers().values().stream().noneMatch(p -> p.contains(driver.protocol())))
                .map(driver -> driver.id() + " (" + driver.protocol() + ")")
                .toList();
        if (!undriven.isEmpty()) {
            findings.add(Finding.warning(
                    "hardware",
                    "no driver of this program speaks to " + String.join(", ", undriven),
                    "these parts stay still, whatever the manifest says they can do"));
        }
        return findings;
    }

    private static String listed(List<Warning> warnings) {
        return warnings.size() + (warnings.size() == 1 ? " warning: " : " warnings, the first: ") + warnings.getFirst();
    }
}
