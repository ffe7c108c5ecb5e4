package dev.gatehouse.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.Verification.Intact;
import dev.gatehouse.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

class ChainPropertyTest {
    private Path directory = Path.of("");

    @BeforeTry
    void create() throws IOException {
        directory = Files.createTempDirectory("audit");
    }

    @AfterTry
    void delete() throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** D14.6: whatever is recorded, however it is cut into segments and runs, two verifiers find it intact. */
    @Property(tries = 25)
    void anyHistoryIsIntact(
            @ForAll @Size(min = 1, max = 12) List<String> texts,
            @ForAll @IntRange(min = 1, max = 5000) int rotate,
            @ForAll @IntRange(min = 1, max = 3) int runs)
            throws Exception {
        var settings = Logs.settings(directory).withRotateBytes(rotate);
        for (var run = 0; run < runs; run++) {
            try (var log = AuditLog.open(settings)) {
                for (var text : texts) {
                    log.note(Logs.entry(text).withOutcome(Json.object().put("text", text)));
                }
                log.write(Logs.entry("end"));
            }
        }
        var records = Logs.records(directory);
        assertThat(AuditVerifier.verify(directory)).isEqualTo(new Intact(records.size(), records.size()));
        assertThat(SecondVerifier.count(directory)).isEqualTo(records.size());
        assertThat(records)
                .filteredOn(r -> r.path("event").asString().equals("task_created"))
                .hasSize(runs * (texts.size() + 1));
    }

    /** T20.2: moving any record to another place is found. */
    @Property(tries = 25)
    void anyMoveIsFound(@ForAll @IntRange(min = 0, max = 7) int from, @ForAll @IntRange(min = 0, max = 7) int to)
            throws Exception {
        Assume.that(from != to);
        Logs.write(Logs.settings(directory), List.of("A", "B", "C", "D", "E", "F", "G", "H"));
        var file = directory.resolve("audit-1.ndjson");
        var lines = new ArrayList<>(Files.readAllLines(file));
        lines.add(to, lines.remove(from));
        Files.write(file, lines);
        assertThat(AuditVerifier.verify(directory).exitCode()).isEqualTo(1);
    }
}
