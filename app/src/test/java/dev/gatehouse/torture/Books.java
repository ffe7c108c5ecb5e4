package dev.gatehouse.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditVerifier;
import dev.gatehouse.dispatch.TaskState;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a dead server left on disk, held against what its callers were told. */
final class Books {
    private final Path state;

    Books(Path state) {
        this.state = state;
    }

    /** A task as the store has it. */
    private record Kept(String id, JsonNode body, List<String> types, List<Integer> numbers) {
        String order() {
            return body.path("labels").path("order").asString("");
        }
    }

    /** The chain of the audit holds, but for a last line that was cut. */
    void auditHoldsAfterACrash() throws IOException {
        assertThat(AuditVerifier.verify(state.resolve("audit")).exitCode()).isIn(0, 3);
    }

    /** After an end in order nothing is open and everything adds up. */
    void addUp(Ledger ledger) throws IOException, SQLException {
        assertThat(AuditVerifier.verify(state.resolve("audit")).exitCode()).isZero();
        var kept = kept();
        var byOrder = kept.values().stream().collect(Collectors.groupingBy(Kept::order));

        assertThat(kept.keySet())
                .as("acknowledged and forgotten")
                .containsAll(ledger.taken().values());
        assertThat(byOrder)
                .as("orders that became several tasks")
                .allSatisfy((order, tasks) -> assertThat(tasks).hasSize(1));
        assertThat(ledger.sent().keySet()).as("tasks nobody ordered").containsAll(byOrder.keySet());
        assertThat(kept.values()).allSatisfy(Books::endedOnce);
        intents().forEach((task, count) -> {
            assertThat(count).as("motions intended for " + task).isEqualTo(1);
            var order = Objects.requireNonNull(kept.get(task), "an intent of no task")
                    .order();
            assertThat(Objects.requireNonNull(ledger.sent().get(order)).moves())
                    .as("motion of an order that only looks")
                    .isTrue();
        });
    }

    private static void endedOnce(Kept task) {
        var states = Arrays.stream(TaskState.values())
                .filter(TaskState::terminal)
                .collect(Collectors.toMap(TaskState::wire, Function.identity()));
        assertThat(task.types()).as(task.id()).startsWith("accepted").endsWith("result");
        assertThat(task.types()).as(task.id()).filteredOn("result"::equals).hasSize(1);
        assertThat(task.numbers()).as(task.id()).isEqualTo(upTo(task.numbers().size()));
        assertThat(states).as(task.id()).containsKey(task.body().path("state").asString());
    }

    private static List<Integer> upTo(int count) {
        var numbers = new ArrayList<Integer>();
        for (var n = 1; n <= count; n++) {
            numbers.add(n);
        }
        return numbers;
    }

    private Map<String, Kept> kept() throws SQLException {
        var tasks = new TreeMap<String, Kept>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("tasks.db"));
                var sql = connection.createStatement()) {
            try (var rows = sql.executeQuery("SELECT id, body FROM tasks")) {
                while (rows.next()) {
                    var id = rows.getString(1);
                    tasks.put(id, new Kept(id, json(rows.getString(2)), new ArrayList<>(), new ArrayList<>()));
                }
            }
            try (var rows = sql.executeQuery("SELECT task_id, seq, type FROM events ORDER BY task_id, seq")) {
                while (rows.next()) {
                    var task = Objects.requireNonNull(tasks.get(rows.getString(1)), "events of no task");
                    task.numbers().add(rows.getInt(2));
                    task.types().add(rows.getString(3));
                }
            }
        }
        return tasks;
    }

    /** How many motions were intended, by task. */
    private Map<String, Integer> intents() throws IOException {
        var counts = new HashMap<String, Integer>();
        try (var files = Files.list(state.resolve("audit"))) {
            for (var file :
                    files.filter(f -> f.toString().endsWith(".ndjson")).sorted().toList()) {
                try (var lines = Files.lines(file)) {
                    lines.map(Books::json)
                            .filter(r -> r.path("event").asString().equals("tool_intent"))
                            .filter(r -> r.path("effect").asString().equals("actuate"))
                            .forEach(r -> counts.merge(r.path("task").asString(), 1, Integer::sum));
                }
            }
        }
        return counts;
    }

    private static JsonNode json(String text) {
        try {
            return Json.read(text);
        } catch (MalformedJsonException e) {
            throw new AssertionError(text, e);
        }
    }
}
