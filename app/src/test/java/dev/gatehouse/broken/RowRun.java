package dev.gatehouse.broken;

import dev.gatehouse.requirements.Citation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What became of the tests of a row.
 *
 * @param failures those that failed and cite the row
 * @param said what the run printed
 */
record RowRun(List<Citation> failures, String said) {
    private static final Path CLASSES = Path.of("target", "test-classes");
    private static final int PATIENCE_S = 600;
    private static final int SAID_MAX = 240;

    /** Runs them in a process of their own. */
    static RowRun of(BrokenGuard guard, BrokenBuild build, Path directory) throws IOException, InterruptedException {
        var citations = directory.resolve("citations.tsv");
        var output = directory.resolve("said");
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+EnableDynamicAgentLoading",
                "-Xmx1g",
                "-D" + Citation.FILE_PROPERTY + "=" + citations,
                "-Djazzer.hooks=false",
                "-Djqwik.database=" + directory.resolve("jqwik-database"),
                "-cp",
                build.classPath(),
                TestsOfARow.class.getName(),
                guard.id()));
        for (var test : guard.tests()) {
            words.add(named(test));
        }
        var process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new RowRun(failures(guard.id(), citations), Files.readString(output));
    }

    private static List<Citation> failures(String row, Path citations) throws IOException {
        if (Files.notExists(citations)) {
            return List.of();
        }
        return Citation.read(citations).stream()
                .filter(test -> test.id().equals(row) && test.result() == Citation.Result.FAILED)
                .toList();
    }

    /** The full name of a test class. */
    static String named(String simple) throws IOException {
        try (var files = Files.walk(CLASSES)) {
            var file = files.filter(each -> each.endsWith(simple + ".class"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no test is called " + simple));
            var path = CLASSES.relativize(file).toString();
            return path.substring(0, path.length() - ".class".length()).replace('/', '.');
        }
    }

    /** Lines for the report. */
    String report(String row) {
        var lines = new StringBuilder();
        for (var failure : failures) {
            var reason = failure.reason().replace("|", "\\|");
            lines.append("| %s | %s | %s |%n"
                    .formatted(row, failure.test(), reason.substring(0, Math.min(SAID_MAX, reason.length()))));
        }
        return lines.isEmpty() ? "| %s | **nothing** | |%n".formatted(row) : lines.toString();
    }
}
