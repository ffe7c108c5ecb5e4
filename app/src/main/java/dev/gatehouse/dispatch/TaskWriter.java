package dev.gatehouse.dispatch;

import dev.gatehouse.json.Json;
import dev.gatehouse.time.Rfc3339;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** Writes changes as rows, with statements that are prepared once. Used by the one writer; the caller commits. */
final class TaskWriter {
    /** Notes on one task that is over, so that nothing late can make a row grow without end. */
    private static final int MAX_ANNOTATIONS = 16;

    private final PreparedStatement event;
    private final PreparedStatement create;
    private final PreparedStatement update;
    private final PreparedStatement key;
    private final PreparedStatement annotate;
    private final List<PreparedStatement> forget;
    private final PreparedStatement forgetKeys;

    TaskWriter(Connection connection) throws SQLException {
        // An event whose predecessor was lost is refused, so that no log has a gap (4.1).
        event = connection.prepareStatement("""
                INSERT INTO events (task_id, seq, ts, type, members) SELECT ?1, ?2, ?3, ?4, ?5
                WHERE ?2 = 1 OR EXISTS (SELECT 1 FROM events WHERE task_id = ?1 AND seq = ?2 - 1)""");
        create = connection.prepareStatement(
                "INSERT INTO tasks (state, terminal, body, id, caller, credential) VALUES (?, ?, ?, ?, ?, ?)");
        // A terminal row is never written again: the compare-and-set of D1.4.
        update = connection.prepareStatement(
                "UPDATE tasks SET state = ?, terminal = ?, body = ? WHERE id = ? AND terminal = 0");
        key = connection.prepareStatement("""
                INSERT INTO idempotency (credential, route, key_sha256, digest, task_id, created_at)
                VALUES (?, ?, ?, ?, ?, ?)""");
        annotate = connection.prepareStatement("""
                UPDATE tasks SET body = json_insert(body, '$.annotations[#]', json(?))
                WHERE id = ? AND terminal = 1 AND json_array_length(body, '$.annotations') < %d""".formatted(MAX_ANNOTATIONS));
        forget = List.of(
                connection.prepareStatement("DELETE FROM events WHERE task_id = ?"),
                connection.prepareStatement("DELETE FROM tasks WHERE id = ? AND terminal = 1"));
        // While a task runs its key counts, however old it is: a repeated order must not begin a second one.
        forgetKeys = connection.prepareStatement("""
                DELETE FROM idempotency WHERE created_at < ?
                AND NOT EXISTS (SELECT 1 FROM tasks WHERE id = task_id AND terminal = 0)""");
    }

    /** Writes all of them, in the order they were made, or throws; the caller rolls back then. */
    void write(List<Change> changes) throws SQLException {
        for (var statement : List.of(event, create, update)) {
            // What an attempt that failed half-way left there.
            statement.clearBatch();
        }
        var tasks = new LinkedHashMap<String, Task>();
        var created = new HashMap<String, Optional<IdempotencyKey>>();
        var events = 0;
        for (var change : changes) {
            if (change instanceof Change.Append(var after, var next, var under)) {
                add(next);
                events++;
                tasks.put(next.taskId(), after);
                if (next.seq() == 1) {
                    created.put(next.taskId(), under);
                }
            }
        }
        if (events > 0) {
            requireOneRowEach(event, "the event before this one is missing");
            write(tasks, created);
        }
        for (var change : changes) {
            switch (change) {
                case Change.Append append -> {}
                case Change.Annotate(var id, var annotation) -> annotate(id, annotation);
                case Change.Forget(var ids, var keysBefore) -> forget(ids, keysBefore);
            }
        }
    }

    private void add(TaskEvent next) throws SQLException {
        event.setString(1, next.taskId());
        event.setLong(2, next.seq());
        event.setString(3, Rfc3339.format(next.at()));
        event.setString(4, next.type().wire());
        event.setString(5, Json.line(next.members()));
        event.addBatch();
    }

    private void write(Map<String, Task> tasks, Map<String, Optional<IdempotencyKey>> created) throws SQLException {
        var added = 0;
        var changed = 0;
        for (var task : tasks.values()) {
            if (created.containsKey(task.id())) {
                bind(create, task);
                create.setString(5, task.caller());
                create.setString(6, task.credential());
                create.addBatch();
                added++;
            } else {
                bind(update, task);
                update.addBatch();
                changed++;
            }
        }
        if (added > 0) {
            create.executeBatch();
        }
        if (changed > 0) {
            requireOneRowEach(update, "a task is over, or was never accepted; its state stays as it is");
        }
        for (var task : tasks.values()) {
            var under = created.getOrDefault(task.id(), Optional.empty());
            if (under.isPresent()) {
                remember(under.get(), task);
            }
        }
    }

    private static void bind(PreparedStatement statement, Task task) throws SQLException {
        statement.setString(1, task.state().wire());
        statement.setInt(2, task.state().terminal() ? 1 : 0);
        statement.setString(3, Json.line(task.body()));
        statement.setString(4, task.id());
    }

    private static void requireOneRowEach(PreparedStatement statement, String otherwise) throws SQLException {
        if (IntStream.of(statement.executeBatch()).anyMatch(count -> count != 1)) {
            throw new IllegalStateException(otherwise);
        }
    }

    private void remember(IdempotencyKey under, Task task) throws SQLException {
        key.setString(1, under.credential());
        key.setString(2, under.route());
        key.setString(3, under.keySha256());
        key.setString(4, under.digest());
        key.setString(5, task.id());
        key.setString(6, task.member("created_at").asString());
        key.executeUpdate();
    }

    private void annotate(String id, ObjectNode annotation) throws SQLException {
        annotate.setString(1, Json.line(annotation));
        annotate.setString(2, id);
        if (annotate.executeUpdate() != 1) {
            throw new IllegalStateException("there is no such task to annotate, or it has enough annotations");
        }
    }

    private void forget(List<String> ids, Instant keysBefore) throws SQLException {
        for (var statement : forget) {
            for (var id : ids) {
                statement.setString(1, id);
                statement.addBatch();
            }
            if (!ids.isEmpty()) {
                statement.executeBatch();
            }
        }
        forgetKeys.setString(1, Rfc3339.format(keysBefore));
        forgetKeys.executeUpdate();
    }
}
