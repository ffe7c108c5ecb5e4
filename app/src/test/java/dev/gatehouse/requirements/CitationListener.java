package dev.gatehouse.requirements;

import dev.gatehouse.requirements.Citation.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Notes which tests cite which requirements, and how they ended. The launcher finds it as a service. */
public final class CitationListener implements TestExecutionListener {
    private final Map<String, Citation> citations = new ConcurrentHashMap<>();
    private final Map<String, Long> begun = new ConcurrentHashMap<>();
    private @Nullable TestPlan plan;

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        begun.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        note(test, Result.SKIPPED, reason);
        if (plan != null) {
            plan.getDescendants(test).forEach(inside -> note(inside, Result.SKIPPED, reason));
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        var reason = result.getThrowable().map(Throwable::getMessage).orElse("");
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                if (test.isTest()) {
                    note(test, Result.PASSED, "");
                }
            }
            case ABORTED -> note(test, Result.SKIPPED, reason);
            case FAILED -> note(test, Result.FAILED, reason);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan finished) {
        if (citations.isEmpty()) {
            // The check itself, which must find what the run before it left.
            return;
        }
        try {
            Files.createDirectories(Citation.FILE.toAbsolutePath().getParent());
            Files.write(
                    Citation.FILE,
                    new TreeMap<>(citations)
                            .values().stream().map(Citation::line).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ids in a display name. */
    public static Stream<String> cited(String displayName) {
        return Requirement.ID.matcher(displayName).results().map(MatchResult::group);
    }

    /** A test shows what its own name cites and what the names around it do. */
    private void note(TestIdentifier test, Result result, String reason) {
        var from = begun.getOrDefault(test.getUniqueId(), System.nanoTime());
        var millis = (System.nanoTime() - from) / 1_000_000;
        for (var around = Optional.of(test); around.isPresent(); around = parent(around.get())) {
            var name = around.get();
            cited(name.getDisplayName()).forEach(id -> {
                var citation = new Citation(id, title(name), result, reason, millis);
                citations.merge(id + "\t" + citation.test(), citation, Citation::and);
            });
        }
    }

    private String title(TestIdentifier test) {
        for (var around = parent(test); around.isPresent(); around = parent(around.get())) {
            if (around.get().getSource().orElse(null) instanceof ClassSource source) {
                var name = source.getClassName();
                return name.substring(name.lastIndexOf('.') + 1) + ": " + test.getDisplayName();
            }
        }
        return test.getDisplayName();
    }

    private Optional<TestIdentifier> parent(TestIdentifier test) {
        return plan == null ? Optional.empty() : plan.getParent(test);
    }
}
