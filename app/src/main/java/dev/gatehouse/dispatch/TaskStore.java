package dev.gatehouse.dispatch;

import dev.gatehouse.file.AtomicFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.sqlite.SQLiteConfig;

/** Tasks and their logs on disk: SQLite, durable before acknowledged, readable with any SQLite tool (D14.1). */
public final class TaskStore implements AutoCloseable {
    private static final int READERS = 4;

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
        var file = stateDirectory.resolve("tasks.db");
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(AtomicFile.OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            Files.setPosixFilePermissions(file, AtomicFile.OWNER_ONLY);
        }
        try {
            var writing = connect(file, false);
            TaskRows.createSchema(writing);
            var readers = new ArrayList<Connection>();
            for (var i = 0; i < READERS; i++) {
                readers.add(connect(file, true));
            }
            return new TaskStore(writing, readers);
        } catch (SQLException e) {
            throw new IOException("the task store cannot be opened", e);
        }
    }

    private static Connection connect(Path file, boolean readOnly) throws SQLException {
        InstalledSqlite.use();
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(5000);
        config.setReadOnly(readOnly);
        return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    }

    /** Queues one event with the task it leads to; completes when both are durable, exceptionally if they cannot be. */
    CompletableFuture<Void> append(Task after, TaskEvent event) {
        return writer.submit(after, event);
    }

    /** The task with this id. */
    public Optional<Task> task(String id) throws StoreUnavailableException {
        return read(connection -> TaskRows.task(connection, id));
    }

    /** Up to {@code limit} events of a task with a number above {@code after}. */
    public List<TaskEvent> events(String taskId, long after, int limit) throws StoreUnavailableException {
        return read(connection -> TaskRows.events(connection, taskId, after, limit));
    }

    /**
     * Tasks, newest first.
     *
     * @param caller only this caller's
     * @param before only tasks older than the one with this id
     */
    public List<Task> list(Optional<String> caller, Optional<String> before, int limit)
            throws StoreUnavailableException {
        return read(connection -> TaskRows.list(connection, caller, before, limit));
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
