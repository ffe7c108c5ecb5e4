package dev.gatehouse.doctor;

import dev.gatehouse.doctor.Finding.Level;
import dev.gatehouse.json.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** All findings, in the order of the checks. */
public record Report(List<Finding> findings) {
    public Report {
        findings = List.copyOf(findings);
    }

    public long count(Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    /** 0 if all is well, 1 if there are problems, 3 if there are only warnings (dispatcher.md 17.2). */
    public int exitCode() {
        return count(Level.PROBLEM) > 0 ? 1 : count(Level.WARNING) > 0 ? 3 : 0;
    }

    /** {@code {"ok","problems","warnings","checks":[{"check","level","what","next"}]}}. */
    public ObjectNode json() {
        var json = Json.object()
                .put("ok", count(Level.PROBLEM) == 0)
                .put("problems", count(Level.PROBLEM))
                .put("warnings", count(Level.WARNING));
        var checks = json.putArray("checks");
        findings.forEach(finding -> checks.add(finding.json()));
        return json;
    }
}
