package dev.gatehouse.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One run of a verb inside this process, and what it said. */
record CliRun(int exit, String out, String err) {
    static CliRun of(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exit = Verbs.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new CliRun(exit, out.toString(), err.toString());
    }
}
