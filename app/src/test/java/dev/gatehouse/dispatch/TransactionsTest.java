package dev.gatehouse.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TransactionsTest {
    @SuppressWarnings("NullAway.Init")
    private Connection connection;

    @SuppressWarnings("NullAway.Init")
    private Transactions transactions;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        transactions = new Transactions(connection);
        execute("CREATE TABLE t (n INTEGER)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int rows() throws SQLException {
        try (var statement = connection.createStatement();
                var count = statement.executeQuery("SELECT count(*) FROM t")) {
            return count.getInt(1);
        }
    }

    private void insert(boolean done) throws SQLException {
        assertThat(transactions.run(() -> {
                    execute("INSERT INTO t VALUES (0)");
                    return done;
                }))
                .isEqualTo(done);
    }

    private void failHalfWay() {
        assertThatThrownBy(() -> transactions.run(() -> {
                    execute("INSERT INTO t VALUES (1)");
                    throw new SQLException("half-way");
                }))
                .hasMessage("half-way");
    }

    @Test
    @DisplayName("D14.1: work that fails half-way leaves nothing")
    void allOrNothing() throws SQLException {
        insert(true);
        failHalfWay();

        assertThat(rows()).isEqualTo(1);
    }

    @Test
    @DisplayName("D14.1: that holds as well after a failing disk made the database roll back by itself")
    void afterTheDatabaseRolledBack() throws SQLException {
        assertThatThrownBy(() -> transactions.run(() -> {
                    execute("INSERT INTO t VALUES (0)");
                    // What SQLite does of its own accord when a write to its file fails.
                    execute("ROLLBACK");
                    throw new SQLException("disk I/O error");
                }))
                .hasMessage("disk I/O error");
        failHalfWay();

        assertThat(rows()).isZero();
    }

    @Test
    @DisplayName("D10.3: work that finds out that it must not be done leaves nothing")
    void undone() throws SQLException {
        insert(false);

        assertThat(rows()).isZero();
    }
}
