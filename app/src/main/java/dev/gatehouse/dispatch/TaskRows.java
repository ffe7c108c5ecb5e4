package dev.gatehouse.dispatch;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.time.Rfc3339;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** Tasks and events as rows, and back. */
final class TaskRows {
    private static final List<String> SCHEMA = List.of(
            """
            CREATE TABLE IF NOT EXISTS tasks (
              number INTEGER PRIMARY KEY AUTOINCREMENT,
              id TEXT NOT NULL UNIQUE,
              caller TEXT NOT NULL,
              credential TEXT NOT NULL,
              state TEXT NOT NULL,
              terminal INTEGER NOT NULL,
              body TEXT NOT NULL
            ) STRICT""",
            "CREATE INDEX IF NOT EXISTS tasks_by_caller ON tasks (caller, number)",
            "CREATE INDEX IF NOT EXISTS tasks_open ON tasks (terminal) WHERE terminal = 0",
            """
            CREATE TABLE IF NOT EXISTS events (
              task_id TEXT NOT NULL,
              seq INTEGER NOT NULL,
              ts TEXT NOT NULL,
              type TEXT NOT NULL,
              members TEXT NOT NULL,
              PRIMARY KEY (task_id, seq)
            ) STRICT, WITHOUT ROWID""");

    private TaskRows() {}

    static void createSchema(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : SCHEMA) {
                statement.execute(sql);
            }
        }
    }

    static void write(Connection connection, List<CommitLoop.Entry> batch) throws SQLException {
        var last = new LinkedHashMap<String, Task>();
        var first = new HashSet<String>();
        // An event whose predecessor was lost is refused, so that no log has a gap (4.1).
        try (var insert = connection.prepareStatement("""
                INSERT INTO events (task_id, seq, ts, type, members) SELECT ?1, ?2, ?3, ?4, ?5
                WHERE ?2 = 1 OR EXISTS (SELECT 1 FROM events WHERE task_id = ?1 AND seq = ?2 - 1)""")) {
            for (var entry : batch) {
                var event = entry.event();
                insert.setString(1, event.taskId());
                insert.setLong(2, event.seq());
                insert.setString(3, Rfc3339.format(event.at()));
                insert.setString(4, event.type().wire());
                insert.setString(5, Json.line(event.members()));
                insert.addBatch();
                last.put(event.taskId(), entry.after());
                if (event.seq() == 1) {
                    first.add(event.taskId());
                }
            }
            if (IntStream.of(insert.executeBatch()).anyMatch(count -> count != 1)) {
                throw new IllegalStateException("the event before this one is missing");
            }
        }
        for (var task : last.values()) {
            if (first.contains(task.id())) {
                insert(connection, task);
            } else {
                update(connection, task);
            }
        }
    }

    private static void insert(Connection connection, Task task) throws SQLException {
        try (var insert = connection.prepareStatement(
                "INSERT INTO tasks (state, terminal, body, id, caller, credential) VALUES (?, ?, ?, ?, ?, ?)")) {
            bind(insert, task);
            insert.setString(5, task.caller());
            insert.setString(6, task.credential());
            insert.executeUpdate();
        }
    }

    /** A terminal row is never written again: the compare-and-set of D1.4. */
    private static void update(Connection connection, Task task) throws SQLException {
        try (var update = connection.prepareStatement(
                "UPDATE tasks SET state = ?, terminal = ?, body = ? WHERE id = ? AND terminal = 0")) {
            bind(update, task);
            if (update.executeUpdate() != 1) {
                throw new IllegalStateException("task " + task.id() + " is over, or was never accepted");
            }
        }
    }

    private static void bind(PreparedStatement statement, Task task) throws SQLException {
        statement.setString(1, task.state().wire());
        statement.setInt(2, task.state().terminal() ? 1 : 0);
        statement.setString(3, Json.line(task.body()));
        statement.setString(4, task.id());
    }

    static Optional<Task> task(Connection connection, String id) throws SQLException {
        try (var query = connection.prepareStatement("SELECT * FROM tasks WHERE id = ?")) {
            query.setString(1, id);
            return tasks(query.executeQuery()).stream().findFirst();
        }
    }

    static List<Task> open(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("SELECT * FROM tasks WHERE terminal = 0 ORDER BY number")) {
            return tasks(query.executeQuery());
        }
    }

    /** Newest first, starting below the task with the id {@code before} if there is one. */
    static List<Task> list(Connection connection, Optional<String> caller, Optional<String> before, int limit)
            throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT * FROM tasks
                WHERE (? IS NULL OR caller = ?)
                  AND (? IS NULL OR number < (SELECT number FROM tasks WHERE id = ?))
                ORDER BY number DESC LIMIT ?""")) {
            query.setString(1, caller.orElse(null));
            query.setString(2, caller.orElse(null));
            query.setString(3, before.orElse(null));
            query.setString(4, before.orElse(null));
            query.setInt(5, limit);
            return tasks(query.executeQuery());
        }
    }

    static List<TaskEvent> events(Connection connection, String taskId, long after, int limit) throws SQLException {
        try (var query = connection.prepareStatement(
                "SELECT seq, ts, type, members FROM events WHERE task_id = ? AND seq > ? ORDER BY seq LIMIT ?")) {
            query.setString(1, taskId);
            query.setLong(2, after);
            query.setInt(3, limit);
            var events = new ArrayList<TaskEvent>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    events.add(new TaskEvent(
                            taskId,
                            rows.getLong("seq"),
                            Instant.parse(rows.getString("ts")),
                            EventType.ofWire(rows.getString("type")),
                            object(rows.getString("members"))));
                }
            }
            return events;
        }
    }

    private static List<Task> tasks(ResultSet rows) throws SQLException {
        try (rows) {
            var tasks = new ArrayList<Task>();
            while (rows.next()) {
                tasks.add(new Task(
                        rows.getString("id"),
                        rows.getString("caller"),
                        rows.getString("credential"),
                        TaskState.ofWire(rows.getString("state")),
                        object(rows.getString("body"))));
            }
            return tasks;
        }
    }

    private static ObjectNode object(String text) throws SQLException {
        try {
            return (ObjectNode) Json.read(text);
        } catch (MalformedJsonException | ClassCastException e) {
            throw new SQLException("a row of the task store is damaged", e);
        }
    }
}
