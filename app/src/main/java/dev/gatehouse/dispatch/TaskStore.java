package dev.gatehouse.dispatch;

import dev.gatehouse.file.AtomicFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

/** Tasks and their logs on disk: SQLite, durable before acknowledged, readable with any SQLite tool (D14.1). */
public final class TaskStore implements EventStore, AutoCloseable {
    private static final int READERS = 4;
    private static final int PAGE = 1000;

    private final CommitLoop writer;
    private final Connection writing;
    private final BlockingQueue<Connection> reading = new ArrayBlockingQueue<>(READERS);

    private TaskStore(Connection writing, List<Connection> readers) throws SQLException {
        this.writing = writing;
        this.writer = new CommitLoop(writing);
        this.reading.addAll(readers);
    }

    /**
     * Opens the store in a state directory, creating it when it is not there.
     *
     * @throws IOException if the database cannot be opened
     */
    public static TaskStore open(Path stateDirectory) throws IOException {
        var file = StateDatabase.in(stateDirectory);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(AtomicFile.OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            Files.setPosixFilePermissions(file, AtomicFile.OWNER_ONLY);
        }
        try {
            var writing = StateDatabase.connect(stateDirectory, false);
            TaskRows.createSchema(writing);
            var readers = new ArrayList<Connection>();
            for (var i = 0; i < READERS; i++) {
                readers.add(StateDatabase.connect(stateDirectory, true));
            }
            return new TaskStore(writing, readers);
        } catch (SQLException e) {
            throw new IOException("the task store cannot be opened", e);
        }
    }

    /** Queues one event with the task it leads to; completes when both are durable, exceptionally if they cannot be. */
    CompletableFuture<Void> append(Task after, TaskEvent event) {
        return write(new Change.Append(after, event, Optional.empty()));
    }

    @Override
    public CompletableFuture<Void> write(Change change) {
        return writer.submit(change);
    }

    /** What was ordered under a key before. */
    Optional<IdempotencyKey.Known> ordered(IdempotencyKey.Scope scope) throws StoreUnavailableException {
        return read(connection -> TaskRows.ordered(connection, scope));
    }

    /** The task with this id. */
    public Optional<Task> task(String id) throws StoreUnavailableException {
        return read(connection -> TaskRows.task(connection, id));
    }

    @Override
    public List<TaskEvent> events(String taskId, long after, int limit) throws StoreUnavailableException {
        return read(connection -> TaskRows.events(connection, taskId, after, limit));
    }

    /** The whole log of a task. */
    List<TaskEvent> allEvents(String taskId) throws StoreUnavailableException {
        var all = new ArrayList<TaskEvent>();
        for (var page = events(taskId, 0, PAGE);
                !page.isEmpty();
                page = events(taskId, all.getLast().seq(), PAGE)) {
            all.addAll(page);
        }
        return all;
    }

    /** Events of a task between two numbers, the first excluded and the last included, that nobody may miss (D4.4). */
    List<TaskEvent> essential(String taskId, long after, long last) throws StoreUnavailableException {
        return read(connection -> TaskRows.essential(connection, taskId, after, last));
    }

    /** Tasks that fit a filter, newest first. */
    public List<Task> list(TaskFilter filter, int limit) throws StoreUnavailableException {
        return read(connection -> TaskRows.list(connection, filter, limit));
    }

    /** What was kept of a task, in order. */
    List<Artifact> artifacts(String taskId) throws StoreUnavailableException {
        return read(connection -> TaskRows.artifacts(connection, taskId));
    }

    /** The hashes of everything that is kept of any task. */
    Set<String> artifactHashes() throws StoreUnavailableException {
        return read(TaskRows::artifactHashes);
    }

    /** Up to {@code limit} tasks that need not be kept, oldest first. */
    List<String> expired(Retention.Limits limits, Instant now, int limit) throws StoreUnavailableException {
        return read(connection -> TaskRows.expired(connection, limits, now, limit));
    }

    /** Tasks that were not over when the process ended. */
    List<Task> open() throws StoreUnavailableException {
        return read(TaskRows::open);
    }

    private <T> T read(Query<T> query) throws StoreUnavailableException {
        Connection connection;
        try {
            connection = reading.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException(e);
        }
        try {
            return query.on(connection);
        } catch (SQLException e) {
            throw new StoreUnavailableException(e);
        } finally {
            reading.add(connection);
        }
    }

    @Override
    public void close() throws SQLException {
        writer.close();
        for (var connection : reading) {
            connection.close();
        }
        writing.close();
    }

    private interface Query<T> {
        T on(Connection connection) throws SQLException;
    }
}
