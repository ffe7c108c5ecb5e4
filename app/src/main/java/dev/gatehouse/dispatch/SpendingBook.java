package dev.gatehouse.dispatch;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/** What accounts have spent in a day, in the database of a state directory. Safe for any number of threads. */
public final class SpendingBook implements AutoCloseable {
    private static final String SCHEMA = """
            CREATE TABLE IF NOT EXISTS daily_spending (
              day TEXT NOT NULL,
              account TEXT NOT NULL,
              micros INTEGER NOT NULL CHECK (micros >= 0),
              PRIMARY KEY (day, account)
            ) STRICT, WITHOUT ROWID""";
    private static final String BOOK = """
            INSERT INTO daily_spending (day, account, micros) SELECT ?1, ?2, ?3 WHERE ?3 <= ?4
            ON CONFLICT (day, account) DO UPDATE SET micros = micros + ?3 WHERE micros + ?3 <= ?4""";
    private static final String CORRECT =
            "UPDATE daily_spending SET micros = max(0, micros + ?) WHERE day = ? AND account = ?";

    private final Connection connection;
    private final Transactions transactions;

    private SpendingBook(Connection connection) throws SQLException {
        this.connection = connection;
        this.transactions = new Transactions(connection);
    }

    /**
     * Opens the book.
     *
     * @param firstDay days before this one, written as {@code 2026-11-20}, are forgotten
     * @throws IOException if the database cannot be used
     */
    public static SpendingBook open(Path stateDirectory, String firstDay) throws IOException {
        try {
            var connection = StateDatabase.connect(stateDirectory, false);
            try (var statement = connection.createStatement()) {
                statement.execute(SCHEMA);
            }
            try (var delete = connection.prepareStatement("DELETE FROM daily_spending WHERE day < ?")) {
                delete.setString(1, firstDay);
                delete.executeUpdate();
            }
            return new SpendingBook(connection);
        } catch (SQLException e) {
            throw new IOException("the ledger of daily spending cannot be opened", e);
        }
    }

    /** Micro-dollars that an account has spent on a day. */
    public synchronized long spent(String day, String account) throws StoreUnavailableException {
        try (var query =
                connection.prepareStatement("SELECT micros FROM daily_spending WHERE day = ? AND account = ?")) {
            query.setString(1, day);
            query.setString(2, account);
            try (var rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        } catch (SQLException e) {
            throw new StoreUnavailableException(e);
        }
    }

    /**
     * Books an amount on every account, or on none.
     *
     * @param limits the most that each account may have spent afterwards, micro-dollars
     * @return false if it is too much for one of them
     */
    public synchronized boolean book(String day, Map<String, Long> limits, long micros)
            throws StoreUnavailableException {
        try {
            return transactions.run(() -> {
                try (var book = connection.prepareStatement(BOOK)) {
                    var all = true;
                    for (var limit : limits.entrySet()) {
                        book.setString(1, day);
                        book.setString(2, limit.getKey());
                        book.setLong(3, micros);
                        book.setLong(4, limit.getValue());
                        all &= book.executeUpdate() == 1;
                    }
                    return all;
                }
            });
        } catch (SQLException e) {
            throw new StoreUnavailableException(e);
        }
    }

    /** Adds to what accounts have spent, or takes from it, without asking for limits. */
    public synchronized void correct(String day, Set<String> accounts, long micros) throws StoreUnavailableException {
        try {
            var _ = transactions.run(() -> {
                try (var correct = connection.prepareStatement(CORRECT)) {
                    for (var account : accounts) {
                        correct.setLong(1, micros);
                        correct.setString(2, day);
                        correct.setString(3, account);
                        correct.executeUpdate();
                    }
                    return true;
                }
            });
        } catch (SQLException e) {
            throw new StoreUnavailableException(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException("the ledger of daily spending cannot be closed", e);
        }
    }
}
