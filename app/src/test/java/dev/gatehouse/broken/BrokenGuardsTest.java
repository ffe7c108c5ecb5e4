package dev.gatehouse.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.requirements.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code GATEHOUSE_BROKEN} names the rows whose broken builds are run, or says {@code all}; otherwise a few that are quick. */
@DisplayName("Attack tests against builds whose guards are broken")
class BrokenGuardsTest {
    private static final Set<String> QUICK = Set.of("T5.2");
    private static final Set<String> WANTED = Optional.ofNullable(System.getenv("GATEHOUSE_BROKEN"))
            .map(rows -> Set.of(rows.split("[ ,]+")))
            .orElse(QUICK);

    private static final Path REPORT = Path.of("target", "broken-guards.md");

    @BeforeAll
    static void anew() throws IOException {
        Files.writeString(REPORT, "# What noticed each broken guard\n\n| row | test | what it said |\n|---|---|---|\n");
    }

    static List<BrokenGuard> guards() {
        return BrokenGuard.all();
    }

    static Stream<BrokenGuard> wanted() {
        return guards().stream().filter(guard -> WANTED.contains("all") || WANTED.contains(guard.id()));
    }

    @Test
    void eachThreatWithATestHasABrokenBuild() {
        var threats = Requirement.all().stream()
                .filter(row -> row.id().startsWith("T") && row.elsewhere().isEmpty())
                .map(Requirement::id);

        assertThat(guards()).extracting(BrokenGuard::id).containsAll(threats.toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("guards")
    void whatIsBrokenIsThereAndCompiles(BrokenGuard guard, @TempDir Path directory) throws Exception {
        assertThat(BrokenBuild.of(guard.edits(), directory).classPath()).isNotBlank();
        assertThat(guard.tests())
                .isNotEmpty()
                .allSatisfy(test -> assertThat(RowRun.named(test)).isNotBlank());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wanted")
    void theTestsOfTheRowFail(BrokenGuard guard, @TempDir Path directory) throws Exception {
        var run = RowRun.of(guard, BrokenBuild.of(guard.edits(), directory), directory);

        Files.writeString(REPORT, run.report(guard.id()), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        assertThat(run.failures()).as(run.said()).isNotEmpty();
    }
}
