package dev.gatehouse.dispatch;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whole transactions on one connection, by SQLite's own statements.
 *
 * <p>Not by {@link Connection#setAutoCommit}: a disk that fails makes the database roll back by itself, the driver's own rollback then
 * fails because nothing is open, and it begins no transaction for what follows, so that each statement would be durable alone.
 */
final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private final Connection connection;

    Transactions(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(true);
    }

    /**
     * Does all of the work durably, or none of it.
     *
     * @return false if the work itself decided that it is not to be done
     */
    boolean run(Work work) throws SQLException {
        execute("BEGIN IMMEDIATE");
        var committed = false;
        try {
            if (work.run()) {
                execute("COMMIT");
                committed = true;
            }
            return committed;
        } finally {
            if (!committed) {
                rollBack();
            }
        }
    }

    private void rollBack() {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("task store: nothing to roll back, the database did it by itself", e);
        }
    }

    /** A statement of its own each time: one that failed once keeps its error for the next time. */
    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    interface Work {
        boolean run() throws SQLException;
    }
}
