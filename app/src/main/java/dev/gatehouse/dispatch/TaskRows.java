package dev.gatehouse.dispatch;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.time.Rfc3339;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The tables of the store, and what is read from them. */
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
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX IF NOT EXISTS events_artifact ON events (task_id) WHERE type = 'artifact'",
            """
            CREATE TABLE IF NOT EXISTS idempotency (
              credential TEXT NOT NULL,
              route TEXT NOT NULL,
              key_sha256 TEXT NOT NULL,
              digest TEXT NOT NULL,
              task_id TEXT NOT NULL,
              created_at TEXT NOT NULL,
              PRIMARY KEY (credential, route, key_sha256)
            ) STRICT, WITHOUT ROWID""");

    /** Text of events that is read at once, so that a reader of long events needs no more memory than one of short ones. */
    private static final int PAGE_BYTES = 1 << 20;

    private static final String ESSENTIAL = Stream.of(EventType.values())
            .filter(EventType::essential)
            .map(type -> "'" + type.wire() + "'")
            .collect(Collectors.joining(", "));

    private TaskRows() {}

    static void createSchema(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : SCHEMA) {
                statement.execute(sql);
            }
        }
    }

    static Optional<Task> task(Connection connection, String id) throws SQLException {
        try (var query = connection.prepareStatement("SELECT * FROM tasks WHERE id = ?")) {
            query.setString(1, id);
            return tasks(query.executeQuery()).stream().findFirst();
        }
    }

    /** What was ordered under a key, if its task is still there. */
    static Optional<IdempotencyKey.Known> ordered(Connection connection, IdempotencyKey.Scope scope)
            throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT task_id, digest FROM idempotency
                WHERE credential = ? AND route = ? AND key_sha256 = ?""")) {
            query.setString(1, scope.credential());
            query.setString(2, scope.route());
            query.setString(3, scope.keySha256());
            try (var rows = query.executeQuery()) {
                return rows.next()
                        ? Optional.of(new IdempotencyKey.Known(rows.getString("task_id"), rows.getString("digest")))
                        : Optional.empty();
            }
        }
    }

    static List<Task> open(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("SELECT * FROM tasks WHERE terminal = 0 ORDER BY number")) {
            return tasks(query.executeQuery());
        }
    }

    /** Newest first. */
    static List<Task> list(Connection connection, TaskFilter filter, int limit) throws SQLException {
        var conditions = new ArrayList<String>();
        var values = new ArrayList<String>();
        filter.caller().ifPresent(caller -> {
            conditions.add("caller = ?");
            values.add(caller);
        });
        filter.state().ifPresent(state -> {
            conditions.add("state = ?");
            values.add(state.wire());
        });
        filter.kind().ifPresent(kind -> {
            conditions.add("json_extract(body, '$.kind') = ?");
            values.add(kind.wire());
        });
        filter.labels().forEach((name, value) -> {
            conditions.add("EXISTS (SELECT 1 FROM json_each(body, '$.labels') WHERE key = ? AND value = ?)");
            values.addAll(List.of(name, value));
        });
        filter.before().ifPresent(id -> {
            conditions.add("number < (SELECT number FROM tasks WHERE id = ?)");
            values.add(id);
        });
        var where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        // What comes from outside is bound; only the conditions above are text.
        try (var query =
                connection.prepareStatement("SELECT * FROM tasks" + where + " ORDER BY number DESC LIMIT " + limit)) {
            for (var i = 0; i < values.size(); i++) {
                query.setString(i + 1, values.get(i));
            }
            return tasks(query.executeQuery());
        }
    }

    static List<TaskEvent> events(Connection connection, String taskId, long after, int limit) throws SQLException {
        try (var query = connection.prepareStatement(
                "SELECT seq, ts, type, members FROM events WHERE task_id = ? AND seq > ? ORDER BY seq LIMIT ?")) {
            query.setString(1, taskId);
            query.setLong(2, after);
            query.setInt(3, limit);
            return events(taskId, query.executeQuery());
        }
    }

    static List<TaskEvent> essential(Connection connection, String taskId, long after, long last) throws SQLException {
        try (var query = connection.prepareStatement("SELECT seq, ts, type, members FROM events"
                + " WHERE task_id = ? AND seq > ? AND seq <= ? AND type IN (" + ESSENTIAL + ") ORDER BY seq")) {
            query.setString(1, taskId);
            query.setLong(2, after);
            query.setLong(3, last);
            return events(taskId, query.executeQuery());
        }
    }

    /** What was kept of a task, in order. */
    static List<Artifact> artifacts(Connection connection, String taskId) throws SQLException {
        try (var query = connection.prepareStatement(
                "SELECT members FROM events WHERE task_id = ? AND type = 'artifact' ORDER BY seq")) {
            query.setString(1, taskId);
            var artifacts = new ArrayList<Artifact>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    artifacts.add(Artifact.of(object(rows.getString("members"))));
                }
            }
            return artifacts;
        }
    }

    /** The hashes of everything that is kept of any task. */
    static Set<String> artifactHashes(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement(
                        "SELECT DISTINCT json_extract(members, '$.sha256') FROM events WHERE type = 'artifact'");
                var rows = query.executeQuery()) {
            var hashes = new HashSet<String>();
            while (rows.next()) {
                hashes.add(rows.getString(1));
            }
            return hashes;
        }
    }

    /** Tasks over for too long, or too many of them, and none that ended within the window of its key (D14.3). */
    static List<String> expired(Connection connection, Retention.Limits limits, Instant now, int limit)
            throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT id FROM tasks
                WHERE terminal = 1 AND json_extract(body, '$.ended_at') < ?1
                  AND (json_extract(body, '$.ended_at') < ?2
                    OR number <= (SELECT number FROM tasks WHERE terminal = 1 ORDER BY number DESC LIMIT 1 OFFSET ?3))
                ORDER BY number LIMIT ?4""")) {
            query.setString(1, Rfc3339.format(now.minus(Retention.WINDOW)));
            query.setString(2, Rfc3339.format(now.minus(limits.age())));
            query.setInt(3, limits.count());
            query.setInt(4, limit);
            var ids = new ArrayList<String>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString("id"));
                }
            }
            return ids;
        }
    }

    /** Not more than {@link #PAGE_BYTES} at once, and one at least. */
    private static List<TaskEvent> events(String taskId, ResultSet rows) throws SQLException {
        try (rows) {
            var events = new ArrayList<TaskEvent>();
            for (var characters = 0; characters < PAGE_BYTES && rows.next(); ) {
                var members = rows.getString("members");
                characters += members.length();
                events.add(new TaskEvent(
                        taskId,
                        rows.getLong("seq"),
                        Instant.parse(rows.getString("ts")),
                        EventType.ofWire(rows.getString("type")),
                        object(members)));
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
