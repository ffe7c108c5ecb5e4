package dev.gatehouse.cli;

import dev.gatehouse.audit.AuditReader;
import dev.gatehouse.json.Json;
import dev.gatehouse.terminal.Printable;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows the newest records (D14.8). */
@Command(
        name = "tail",
        description =
                "Shows the newest records, beside a running server or without one. It checks nothing; that is the job of"
                        + " audit verify.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "2:wrong usage, or the files cannot be read"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse audit tail",
            "  gatehouse audit tail --lines 100 --json",
            "  gatehouse audit tail --follow --dir /var/lib/gatehouse/audit"
        })
final class AuditTail implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(200);

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "The audit directory. Default: audit in the state directory of this user.")
    private @Nullable Path directory;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "COUNT",
            defaultValue = "20",
            description = "How many, 0 to 1000. Default: ${DEFAULT-VALUE}.")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with records as they are written, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--json", description = "Print each record as it is, one JSON object a line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (lines < 0 || lines > AuditReader.MAX_READ) {
            throw new ParameterException(spec.commandLine(), "--lines must be from 0 to " + AuditReader.MAX_READ);
        }
        var where = directory == null ? StatePath.standard().resolve("audit") : directory;
        var reader = new AuditReader(where);
        var out = spec.commandLine().getOut();
        try {
            var newest = reader.last(Math.max(1, lines));
            var shown = lines == 0 ? List.<JsonNode>of() : newest;
            print(out, shown);
            var at = newest.isEmpty() ? 0 : seq(newest.getLast());
            while (follow) {
                Ticker.system().sleep(PAUSE);
                var more = reader.read(at, AuditReader.MAX_READ);
                print(out, more);
                at = more.isEmpty() ? at : seq(more.getLast());
            }
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("gatehouse audit tail: " + where + " cannot be read");
            return 2;
        }
    }

    private static long seq(JsonNode entry) {
        return entry.path("seq").longValue();
    }

    private void print(PrintWriter out, List<JsonNode> entries) {
        entries.forEach(entry -> out.println(json ? Json.line(entry) : sentence(entry)));
        out.flush();
    }

    /** Number, time and event, then whatever of the usual members there is. Much of it was said by callers and models. */
    static String sentence(JsonNode entry) {
        var text = new StringBuilder();
        text.append(seq(entry)).append(' ').append(entry.path("ts").asString(""));
        text.append(' ').append(entry.path("event").asString(""));
        append(text, "", entry.at("/actor/caller"));
        append(text, "", entry.path("task"));
        append(text, "", entry.path("tool"));
        append(text, "", entry.at("/decision/behavior"));
        append(text, "step=", entry.at("/decision/step"));
        append(text, "code=", entry.at("/decision/code"));
        append(text, "by=", entry.path("by"));
        append(text, "reason=", entry.path("reason"));
        append(
                text,
                "outcome=",
                entry.path("outcome").isObject() ? entry.at("/outcome/status") : entry.path("outcome"));
        return Printable.of(text.toString());
    }

    private static void append(StringBuilder text, String name, JsonNode value) {
        if (value.isString() && !value.stringValue().isEmpty()) {
            text.append(' ').append(name).append(value.stringValue());
        }
    }
}
