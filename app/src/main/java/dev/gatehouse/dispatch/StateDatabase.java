package dev.gatehouse.dispatch;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/** The one database of a state directory (dispatcher.md section 14), as everybody opens it: what is committed is on disk. */
public final class StateDatabase {
    private StateDatabase() {}

    static Path in(Path stateDirectory) {
        return stateDirectory.resolve("tasks.db");
    }

    /** A connection of one's own; writers wait for each other. */
    public static Connection connect(Path stateDirectory, boolean readOnly) throws SQLException {
        InstalledSqlite.use();
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(5000);
        config.setReadOnly(readOnly);
        return config.createConnection("jdbc:sqlite:" + in(stateDirectory).toAbsolutePath());
    }
}
