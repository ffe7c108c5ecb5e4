package dev.gatehouse.drift;

import dev.gatehouse.drift.Finding.State;
import dev.gatehouse.json.Json;
import dev.gatehouse.terminal.Printable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Everything that was found. */
public record Report(List<Finding> findings) {
    private static final int MAX_WHAT = 150;
    private static final String MORE = "...";

    public Report {
        findings = List.copyOf(findings);
    }

    /** 0 all fits, 1 something drifted, 3 something could not be checked (section 20). */
    public int exitCode() {
        if (has(State.DRIFTED)) {
            return 1;
        }
        return has(State.UNCHECKED) ? 3 : 0;
    }

    private boolean has(State state) {
        return findings.stream().anyMatch(finding -> finding.state() == state);
    }

    /** For programs; what could not be checked has a member of its own, because it neither fits nor drifted. */
    public ObjectNode json() {
        var out = Json.object();
        out.set("drifted", Json.tree(lines(State.DRIFTED)));
        out.set("fits", Json.tree(lines(State.FITS)));
        out.set("action", Json.tree(actions()));
        out.set("unchecked", Json.tree(lines(State.UNCHECKED)));
        return out;
    }

    private List<String> lines(State state) {
        return findings.stream()
                .filter(finding -> finding.state() == state)
                .map(finding -> finding.check() + ": " + finding.what())
                .toList();
    }

    private List<String> actions() {
        return findings.stream()
                .map(Finding::action)
                .filter(action -> !action.isEmpty())
                .distinct()
                .toList();
    }

    /** For people, at most 200 words: what fits is only named. */
    public String text() {
        var text = new StringBuilder();
        findings.stream()
                .filter(finding -> finding.state() != State.FITS)
                .forEach(finding -> text.append(finding.state() == State.DRIFTED ? "drifted    " : "unchecked  ")
                        .append(finding.check())
                        .append(": ")
                        .append(Printable.of(finding.what(), MAX_WHAT, MORE))
                        .append('\n'));
        actions()
                .forEach(action ->
                        text.append("do         ").append(Printable.of(action)).append('\n'));
        var fits = findings.stream()
                .filter(finding -> finding.state() == State.FITS)
                .map(Finding::check)
                .collect(Collectors.joining(", "));
        return text + (fits.isEmpty() ? "nothing fits" : "fits       " + fits);
    }

    /** The names of the checks with this state. */
    Set<String> named(State state) {
        return findings.stream()
                .filter(finding -> finding.state() == state)
                .map(Finding::check)
                .collect(Collectors.toUnmodifiableSet());
    }
}
