package dev.gatehouse.cli;

import picocli.CommandLine.Option;

/** What of a task is shown, and where. */
final class OutputOptions {
    /** The kinds of output. */
    enum Form {
        /** Progress on standard error, the summary on standard output. */
        STORY,
        /** The finished task as one object on standard output. */
        JSON,
        /** Every event as a line on standard output. */
        NDJSON,
        /** The summary on standard output and nothing else. */
        SUMMARY
    }

    @Option(names = "--json", description = "The finished task as one JSON object on standard output.")
    private boolean json;

    @Option(names = "--ndjson", description = "Every event as one line of JSON on standard output.")
    private boolean ndjson;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress on standard error.")
    private boolean quiet;

    Form form() {
        if (json) {
            return Form.JSON;
        } else if (ndjson) {
            return Form.NDJSON;
        }
        return quiet ? Form.SUMMARY : Form.STORY;
    }
}
