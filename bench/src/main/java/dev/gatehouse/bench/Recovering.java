package dev.gatehouse.bench;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditSettings;
import dev.gatehouse.dispatch.Ending;
import dev.gatehouse.dispatch.LiveTask;
import dev.gatehouse.dispatch.Restart;
import dev.gatehouse.dispatch.TaskFilter;
import dev.gatehouse.dispatch.TaskState;
import dev.gatehouse.dispatch.TaskStore;
import dev.gatehouse.id.Ids;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** A start on a state directory full of tasks, some of which were open when the process died. */
final class Recovering implements Measurement {
    private static final long MOST_NANOS = 2_000_000_000;

    @Override
    public String name() {
        return "recover";
    }

    @Override
    public List<Row> measure(Site site, Effort effort) throws Exception {
        var tasks = effort.of(100_000, 200);
        var open = effort.of(1000, 20);
        try (var scratch = site.scratch()) {
            fill(scratch, tasks, open);
            var file = scratch.state().resolve("tasks.db");
            var plain = read(file);
            var from = System.nanoTime();
            int settled;
            try (var audit = AuditLog.open(
                            AuditSettings.of(scratch.state().resolve("audit"), new Ids().mint(Ids.Kind.BOOT)));
                    var store = TaskStore.open(scratch.state())) {
                settled = Restart.settle(store, audit, Clock.systemUTC());
                var _ = store.list(TaskFilter.ALL, 50);
                var took = System.nanoTime() - from;
                return List.of(Row.judged(
                        String.format(
                                java.util.Locale.ROOT,
                                "start on %,d tasks, %,d of them open: until those are settled and a list is read",
                                tasks,
                                settled),
                        "< 2 s",
                        Percentiles.millis(took),
                        "reading every row once, SQLite alone: " + Percentiles.millis(plain),
                        took < MOST_NANOS && settled == open));
            }
        }
    }

    /** One real task, run to its end, and one real order that waits, each copied as often as wanted. */
    private static void fill(Scratch scratch, int tasks, int open) throws Exception {
        LiveTask ended;
        LiveTask waiting;
        try (var house =
                new DispatchHouse(scratch, 1, task -> Ending.of(TaskState.COMPLETED, "done", Optional.empty()))) {
            ended = house.order();
            ended.over().join();
            waiting = house.order();
            waiting.over().join();
        }
        try (var connection = PlainSqlite.settings()
                .createConnection("jdbc:sqlite:" + scratch.state().resolve("tasks.db"))) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("DELETE FROM events WHERE task_id = '" + waiting.taskId() + "' AND seq > 1");
                statement.execute("UPDATE tasks SET state = 'accepted', terminal = 0, body = json_set(body, '$.state',"
                        + " 'accepted', '$.terminal', json('false'), '$.started_at', null, '$.ended_at', null,"
                        + " '$.last_seq', 1, '$.result', null) WHERE id = '" + waiting.taskId() + "'");
            }
            copy(connection, ended.taskId(), tasks - open - 1);
            copy(connection, waiting.taskId(), open - 1);
            connection.commit();
        }
    }

    private static void copy(Connection connection, String id, int times) throws SQLException {
        var numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + times + ") ";
        var copied = "substr(%s, 1, 20) || printf('%%010d', i)";
        try (var statement = connection.createStatement()) {
            statement.execute("INSERT INTO events " + numbers + "SELECT " + copied.formatted("task_id")
                    + ", seq, ts, type, members FROM events, n WHERE task_id = '" + id + "'");
            statement.execute("INSERT INTO tasks (id, caller, credential, state, terminal, body) " + numbers + "SELECT "
                    + copied.formatted("id") + ", caller, credential, state, terminal, json_set(body, '$.id', "
                    + copied.formatted("id") + ") FROM tasks, n WHERE id = '" + id + "'");
        }
    }

    private static long read(Path file) throws SQLException {
        var from = System.nanoTime();
        try (var connection = PlainSqlite.settings().createConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT sum(length(body)) FROM tasks")) {
            if (!rows.next() || rows.getLong(1) == 0) {
                throw new SQLException("nothing was stored");
            }
        }
        return System.nanoTime() - from;
    }
}
