package dev.gatehouse.requirements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.manifest.ReferenceData;
import dev.gatehouse.requirements.Citation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads what the whole run collected, so it runs after it, in an execution of its own. */
class RequirementsCheck {
    private static final Path REPORT = Path.of("target", "requirements.md");

    private static List<Citation> citations = List.of();

    private final Map<String, List<Citation>> byId = citations.stream().collect(Collectors.groupingBy(Citation::id));

    @BeforeAll
    static void collected() throws IOException {
        citations = Citation.read(Citation.FILE);
    }

    @Test
    void everyRequirementIsShownByATest() {
        var gaps = Requirement.all().stream()
                .filter(requirement -> requirement.elsewhere().isEmpty())
                .map(Requirement::id)
                .filter(id -> tests(id).stream().noneMatch(RequirementsCheck::shows))
                .toList();

        assertThat(gaps)
                .as(
                        "no test that passed cites these; cite them in a display name, or say in ids.txt where they are shown")
                .isEmpty();
    }

    @Test
    void whatIsShownByATestIsNotSaidToBeShownElsewhere() {
        assertThat(Requirement.all().stream()
                        .filter(requirement -> requirement.elsewhere().isPresent())
                        .map(Requirement::id)
                        .filter(byId::containsKey))
                .as("these have tests now; take the note from ids.txt")
                .isEmpty();
    }

    @Test
    void noTestCitesWhatNoSpecificationSays() {
        var known = Requirement.all().stream().map(Requirement::id).collect(Collectors.toSet());

        assertThat(byId.keySet()).as("cited and unknown").allMatch(known::contains);
    }

    @Test
    void noTestIsSkippedWithoutAReason() {
        assertThat(citations)
                .filteredOn(test -> test.result() == Result.SKIPPED)
                .allSatisfy(test -> assertThat(test.reason()).as(test.test()).isNotBlank());
    }

    @Test
    void theListIsThatOfTheSpecifications() throws IOException {
        var found = ReferenceData.shared("spec");
        assumeTrue(found.isPresent(), "the specifications are not on this machine");
        var specifications = found.get();
        var ids = new TreeSet<String>();
        ids.addAll(ids(specifications.resolve("dispatcher.md"), "^- (D[0-9.]+[0-9])"));
        ids.addAll(ids(specifications.resolve("engines.md"), "^- (E[0-9.]+[0-9])"));
        ids.addAll(ids(specifications.resolve("threats.md"), "^\\| ([TB][0-9]+(?:\\.[0-9]+)?) \\|"));

        assertThat(Requirement.all()).extracting(Requirement::id).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void theReportIsWritten() throws IOException {
        var lines = new ArrayList<>(
                List.of("# Requirements and their tests", "", "| id | test | result | ms |", "|---|---|---|---|"));
        for (var requirement : Requirement.all()) {
            requirement.elsewhere().ifPresent(where -> lines.add("| " + requirement.id() + " | " + where + " | – | |"));
            tests(requirement.id()).forEach(test -> lines.add(row(test)));
        }
        Files.write(REPORT, lines);

        assertThat(REPORT).isNotEmptyFile();
    }

    /** What a machine lacks is no gap of the program: such a test says so, and the report with it. */
    private static boolean shows(Citation test) {
        return test.result() == Result.PASSED
                || (test.result() == Result.SKIPPED && !test.reason().isBlank());
    }

    private List<Citation> tests(String id) {
        return byId.getOrDefault(id, List.of());
    }

    private static String row(Citation test) {
        var result = test.result().name().toLowerCase(Locale.ROOT);
        return "| %s | %s | %s | %d |"
                .formatted(
                        test.id(),
                        test.test().replace("|", "\\|"),
                        test.reason().isEmpty() ? result : result + ": " + test.reason(),
                        test.millis());
    }

    private static List<String> ids(Path file, String pattern) throws IOException {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(Files.readString(file))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
