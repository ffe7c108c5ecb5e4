package dev.gatehouse.broken;

import dev.gatehouse.requirements.CitationListener;
import java.util.Arrays;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests of some classes that cite one row, in a process that may have a broken class path. {@link CitationListener} tells of them. */
final class TestsOfARow {
    private TestsOfARow() {}

    /** The row, then full names of classes. */
    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] arguments) {
        var row = arguments[0];
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(arguments)
                        .skip(1)
                        .map(DiscoverySelectors::selectClass)
                        .toList())
                .filters((PostDiscoveryFilter) test -> FilterResult.includedIf(near(test, row)))
                .build();
        LauncherFactory.create().execute(request);
        // Whatever a broken program left running has no part in the result.
        System.exit(0);
    }

    private static boolean near(TestDescriptor test, String row) {
        return cites(test, row)
                || test.getDescendants().stream().anyMatch(inside -> cites(inside, row))
                || test.getAncestors().stream().anyMatch(around -> cites(around, row));
    }

    private static boolean cites(TestDescriptor test, String row) {
        return CitationListener.cited(test.getDisplayName()).anyMatch(row::equals);
    }
}
