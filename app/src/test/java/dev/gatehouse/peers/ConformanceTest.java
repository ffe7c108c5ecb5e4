package dev.gatehouse.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dispatch.DispatchBench;
import dev.gatehouse.web.OpenMcpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The conformance suite of the protocol's makers: every scenario for servers, in every revision it knows. */
@Timeout(300)
class ConformanceTest {
    private static final String SUITE = "@modelcontextprotocol/conformance/dist/index.js";
    private static final List<String> REVISIONS = List.of("2025-06-18", "2025-11-25", "2026-07-28");
    private static final String EVERYWHERE = "*";

    /** Whatever a scenario is about, this holds: what the server said had the form of its revision. */
    private static final String FORM = "wire-schema-valid";

    /** Scenario; where it does not apply: everywhere, in a revision, or in some checks; and why. Without that it must pass. */
    private static final String SCENARIOS = """
            server-initialize
            server-session-lifecycle        | * | no sessions are kept
            server-stateless | sep-2575-missing-capability-http-400, sep-2575-server-rejects-undeclared-capability \
            | no tool needs anything of a client
            logging-set-level               | * | a log is for the operator, not for clients
            ping
            completion-complete             | * | nothing is completed
            tools-list
            tools-call-simple-text
            tools-call-image                | * | tools answer in text and objects
            tools-call-audio                | * | tools answer in text and objects
            tools-call-embedded-resource    | * | tools answer in text and objects
            tools-call-mixed-content        | * | tools answer in text and objects
            tools-call-with-logging         | * | a log is for the operator, not for clients
            tools-call-error
            tools-call-with-progress
            tools-call-sampling             | * | nothing is asked of a client
            tools-call-elicitation          | * | nothing is asked of a client
            json-schema-2020-12
            elicitation-sep1034-defaults    | * | nothing is asked of a client
            server-sse-polling              | * | streams are not resumed
            server-sse-multiple-streams     | 2025-11-25 | no sessions are kept
            elicitation-sep1330-enums       | * | nothing is asked of a client
            resources-list
            resources-read-text
            resources-read-binary           | * | resources are text
            resources-templates-read
            resources-subscribe             | * | without sessions there is nobody to tell; the server does not promise it
            resources-unsubscribe           | * | without sessions there is nobody to tell; the server does not promise it
            sep-2164-resource-not-found
            sep-2640-skills-directory       | * | an extension that is not offered
            sep-2640-skills-enumeration     | * | an extension that is not offered
            sep-2640-skills-manifest        | * | an extension that is not offered
            prompts-list
            prompts-get-simple
            prompts-get-with-args
            prompts-get-embedded-resource   | * | prompts are text
            prompts-get-with-image          | * | prompts are text
            dns-rebinding-protection
            caching
            http-header-validation
            http-custom-header-server-validation | * | no argument of a tool is repeated in a header
            tasks-lifecycle
            tasks-capability-negotiation
            tasks-wire-fields
            tasks-request-state-removal
            tasks-mrtr-input                | * | nothing is asked of a client
            tasks-request-headers
            tasks-dispatch-and-envelope
            tasks-status-notifications      | * | the suite skips it by itself
            tasks-required-task-error       | * | every call can be answered without a task
            tasks-mrtr-composition          | * | nothing is asked of a client
            input-required-result-basic-elicitation       | * | nothing is asked of a client
            input-required-result-basic-sampling          | * | nothing is asked of a client
            input-required-result-basic-list-roots        | * | nothing is asked of a client
            input-required-result-request-state           | * | nothing is asked of a client
            input-required-result-multiple-input-requests | * | nothing is asked of a client
            input-required-result-multi-round             | * | nothing is asked of a client
            input-required-result-missing-input-response  | * | nothing is asked of a client
            input-required-result-non-tool-request        | * | nothing is asked of a client
            input-required-result-result-type             | * | nothing is asked of a client
            input-required-result-unsupported-methods
            input-required-result-tampered-state          | * | nothing is asked of a client
            input-required-result-capability-check        | * | nothing is asked of a client
            input-required-result-ignore-extra-params     | * | nothing is asked of a client
            input-required-result-validate-input          | * | nothing is asked of a client
            """;

    private static final List<Check> CHECKS = new ArrayList<>();

    /** What the suite says about one demand of a scenario. */
    record Check(String scenario, String revision, String id, String status, String message) {
        boolean failed() {
            return status.equals("FAILURE") || status.equals("WARNING");
        }
    }

    /** A line of the table. */
    record Row(String scenario, List<String> without, String reason) {
        private static Row of(String line) {
            var columns = Stream.concat(Stream.of(line.split("\\|")), Stream.of("", ""))
                    .map(String::strip)
                    .toList();
            return new Row(columns.get(0), List.of(columns.get(1).split(", ?")), columns.get(2));
        }

        boolean ofTasks() {
            return scenario.startsWith("tasks-") && reason.isEmpty();
        }

        boolean applies(Check check) {
            return check.id().equals(FORM)
                    || Stream.of(EVERYWHERE, check.revision(), check.id()).noneMatch(without::contains);
        }

        @Override
        public String toString() {
            return reason.isEmpty() ? scenario : scenario + " (not " + without + ": " + reason + ")";
        }
    }

    @BeforeAll
    static void run(@TempDir Path results) throws Exception {
        try (var server = OpenMcpServer.start(Fixtures.service())) {
            for (var revision : REVISIONS) {
                run(server, results.resolve(revision), revision, "--suite", "all", "--spec-version", revision);
            }
        }
        // No suite of the whole holds the scenarios of extensions.
        try (var bench = new DispatchBench(results);
                var server = OpenMcpServer.start(TaskFixtures.service(bench), bench.gate.mover())) {
            for (var scenario : rows().filter(Row::ofTasks).map(Row::scenario).toList()) {
                run(server, results.resolve(scenario), REVISIONS.getLast(), "--scenario", scenario);
            }
        }
    }

    private static void run(OpenMcpServer server, Path results, String revision, String... what) throws Exception {
        var arguments = new ArrayList<>(List.of("server", "--url", server.url(), "--output-dir", results.toString()));
        arguments.addAll(List.of(what));
        // Ends badly over scenarios that do not apply; what counts is what it wrote down.
        var _ = Node.ended(Path.of("."), SUITE, arguments.toArray(String[]::new));
        read(revision, results);
    }

    private static void read(String revision, Path directory) throws IOException {
        try (var scenarios = Files.list(directory)) {
            for (var scenario : scenarios.toList()) {
                // Such as server-tools-list-2026-11-20T14-36-40-347Z.
                var name = scenario.getFileName().toString().replaceAll("^server-|-\\d{4}-\\d\\d-\\d\\dT.*$", "");
                for (var check : Node.json(Files.readString(scenario.resolve("checks.json")))) {
                    CHECKS.add(new Check(
                            name,
                            revision,
                            check.path("id").asString(),
                            check.path("status").asString(),
                            check.path("errorMessage").asString("") + check.path("details")));
                }
            }
        }
    }

    static Stream<Row> rows() {
        return SCENARIOS.lines().map(Row::of);
    }

    @ParameterizedTest
    @MethodSource("rows")
    @DisplayName("8: every scenario that applies passes in every revision, without a warning")
    void scenario(Row row) {
        var checks = CHECKS.stream()
                .filter(check -> check.scenario().equals(row.scenario()))
                .toList();
        var applying = checks.stream().filter(row::applies).toList();

        assertThat(applying.stream().filter(Check::failed)).isEmpty();
        if (!row.without().contains(EVERYWHERE)) {
            var passed = applying.stream()
                    .filter(check -> check.status().equals("SUCCESS"))
                    .map(Check::revision)
                    .collect(Collectors.toSet());
            assertThat(passed)
                    .isNotEmpty()
                    .isEqualTo(checks.stream()
                            .map(Check::revision)
                            .filter(revision -> !row.without().contains(revision))
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    @DisplayName("the table holds every scenario for servers that the suite has")
    void complete(@TempDir Path directory) throws Exception {
        var listed = Pattern.compile("^  - (\\S+)", Pattern.MULTILINE)
                .matcher(Node.program(directory, SUITE, "list", "--server"))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(rows().map(Row::scenario)).containsExactlyInAnyOrderElementsOf(listed);
    }
}
