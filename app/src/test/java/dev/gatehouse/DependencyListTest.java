package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The libraries on the class path are exactly those that were reviewed.
 *
 * <p>A line {@code group:artifact:version} stands for the jar at that place of a Maven repository, wherever the repository is.
 */
class DependencyListTest {
    private static final Path PROGRAM = Path.of("dependencies.txt");
    private static final Path TESTS = Path.of("src", "test", "dependencies.txt");
    private static final String HOW =
            "the class path and %s differ. If the change is wanted: write its reason into docs/adr,"
                    + " then correct the list; 'mvn -pl app dependency:list' shows group:artifact:jar:version:scope"
                    + " (compile and runtime belong into dependencies.txt, test into src/test/dependencies.txt)";

    @Test
    void everyJarIsReviewed() {
        var listed = Stream.of(PROGRAM, TESTS)
                .flatMap(list -> House.lines(list).stream())
                .map(DependencyListTest::place)
                .toList();
        var unknown = new TreeSet<String>();
        for (var jar : jars()) {
            if (listed.stream().noneMatch(jar::endsWith)) {
                unknown.add(jar);
            }
        }

        assertThat(unknown).as(HOW.formatted("the lists")).isEmpty();
    }

    @Test
    void everyListedJarIsThere() {
        for (var list : List.of(PROGRAM, TESTS)) {
            var missing = new ArrayList<>(House.lines(list));
            missing.removeIf(line -> jars().stream().anyMatch(jar -> jar.endsWith(place(line))));

            assertThat(missing).as(HOW.formatted(list)).isEmpty();
        }
    }

    @Test
    void theListsAreSortedAndNameNothingTwice() {
        for (var list : List.of(PROGRAM, TESTS)) {
            assertThat(House.lines(list))
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .allMatch(line -> line.matches("[^: ]+:[^: ]+:[^: ]+"));
        }
        assertThat(House.lines(PROGRAM)).doesNotContainAnyElementsOf(House.lines(TESTS));
    }

    /** Jars of the class path; the build's own test runner is put there by itself and is not ours. */
    private static List<String> jars() {
        var path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(path.split(File.pathSeparator))
                .map(entry -> entry.replace(File.separatorChar, '/'))
                .filter(entry -> entry.toLowerCase(Locale.ROOT).endsWith(".jar"))
                .filter(entry -> !entry.contains("/surefire"))
                .toList();
    }

    private static String place(String line) {
        var part = line.split(":", -1);
        return "/%s/%s/%s/%s-%s.jar".formatted(part[0].replace('.', '/'), part[1], part[2], part[1], part[2]);
    }
}
