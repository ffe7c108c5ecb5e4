package dev.gatehouse.doctor;

import dev.gatehouse.manifest.ManifestPath;
import dev.gatehouse.server.StateDirectory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Examines a robot's host from the program up to the disk. */
public final class Doctor {
    private final Clock clock;

    public Doctor(Clock clock) {
        this.clock = clock;
    }

    /** Looks at everything; a check that cannot be made is a finding like any other. */
    public Report examine(Subject subject) {
        var findings = new ArrayList<Finding>();
        findings.addAll(program(subject));
        findings.add(UnitChecks.of(subject.unitDirectories()));
        findings.addAll(ManifestChecks.of(subject));
        findings.addAll(OperatorFiles.of(subject, clock));
        findings.add(FileModes.of(subject));
        var state = StateChecks.of(
                subject.stateDirectory(),
                subject.latch().orElse(subject.stateDirectory().resolve(StateDirectory.LATCH)));
        findings.addAll(state.findings());
        findings.addAll(HostChecks.of(subject, state.held(), clock, manifest(subject)));
        findings.addAll(ToolServerChecks.of(subject.start()));
        findings.addAll(TrialStart.of(subject.start(), state.held()));
        return new Report(findings);
    }

    private static Optional<Path> manifest(Subject subject) {
        return subject.manifest() instanceof ManifestPath.Found found ? Optional.of(found.path()) : Optional.empty();
    }

    private static List<Finding> program(Subject subject) {
        var java = Finding.ok("java", "Java " + Runtime.version() + " in " + System.getProperty("java.home"));
        var launcher = subject.program()
                .map(program -> Finding.ok("launcher", program.toString()))
                .orElseGet(() -> Finding.warning(
                        "launcher",
                        "this program runs without its launcher, so without the memory and collector settings a stop"
                                + " is measured with",
                        "start it as gatehouse, not with java"));
        return List.of(java, launcher);
    }
}
