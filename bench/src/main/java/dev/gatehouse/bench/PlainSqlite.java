package dev.gatehouse.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/** SQLite as anybody would use it, with the same settings: one row, one durable transaction, one after the other. */
final class PlainSqlite implements AutoCloseable {
    /** As long as the rows of one task and its first events together. */
    private static final String ROW = "x".repeat(1500);

    private final Connection connection;
    private final PreparedStatement insert;

    PlainSqlite(Path file) throws SQLException {
        connection = settings().createConnection("jdbc:sqlite:" + file);
        connection.createStatement().execute("CREATE TABLE plain (number INTEGER PRIMARY KEY, body TEXT)");
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("INSERT INTO plain (body) VALUES (?)");
    }

    static SQLiteConfig settings() {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        return config;
    }

    /** Returns when the row is durable. */
    void add() throws SQLException {
        insert.setString(1, ROW);
        insert.executeUpdate();
        connection.commit();
    }

    /** How long each of some rows takes. */
    Percentiles timed(int count) throws SQLException {
        var nanos = new long[count];
        for (var i = 0; i < count; i++) {
            var from = System.nanoTime();
            add();
            nanos[i] = System.nanoTime() - from;
        }
        return Percentiles.of(nanos);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
