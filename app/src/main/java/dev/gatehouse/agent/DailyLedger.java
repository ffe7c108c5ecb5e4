package dev.gatehouse.agent;

import dev.gatehouse.dispatch.StateDatabase;
import dev.gatehouse.gate.Principal;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each credential, and all of them together, may spend on models in one UTC day (D10.3). It is kept in the database of the
 * state directory.
 *
 * <p>A reservation is booked as spent before the call, and what the call did not cost is given back after it. So a reservation
 * that nobody lived to settle counts as spent, and there is nothing to repair at a start (E4.4).
 */
public final class DailyLedger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DailyLedger.class);
    /** The account that every call is paid from, besides that of its credential. */
    private static final String EVERYBODY = "*";
    /** How long a day can be looked at afterwards. */
    private static final int DAYS_KEPT = 31;

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
    private final Money everybodysLimit;
    private final Clock clock;

    private DailyLedger(Connection connection, Money everybodysLimit, Clock clock) {
        this.connection = connection;
        this.everybodysLimit = everybodysLimit;
        this.clock = clock;
    }

    /**
     * Opens the ledger of a state directory.
     *
     * @param limit what all callers together may spend in a day
     * @throws IOException if the database cannot be used
     */
    public static DailyLedger open(Path stateDirectory, Money limit, Clock clock) throws IOException {
        try {
            var connection = StateDatabase.connect(stateDirectory, false);
            try (var statement = connection.createStatement()) {
                statement.execute(SCHEMA);
            }
            var ledger = new DailyLedger(connection, limit, clock);
            ledger.forgetOldDays();
            connection.setAutoCommit(false);
            return ledger;
        } catch (SQLException e) {
            throw new IOException("the ledger of daily spending cannot be opened", e);
        }
    }

    /** What a credential can still reserve today. */
    public synchronized Money free(Principal who) {
        var day = today();
        return accounts(who).stream()
                .map(account -> account.limit().minus(spent(day, account)))
                .min(Money::compareTo)
                .orElseThrow();
    }

    /** Seconds to the next day, when everything is free again. */
    public int secondsToNextDay() {
        var now = clock.instant();
        var next = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1).atStartOfDay(ZoneOffset.UTC);
        return Math.toIntExact(Duration.between(now, next.toInstant()).toSeconds() + 1);
    }

    /** The budget of a task together with the day of its caller: both are reserved, or neither (E4.3). */
    public Ledger with(Principal who, TaskBudget budget) {
        return new Ledger() {
            @Override
            public Money free() {
                var today = DailyLedger.this.free(who);
                return today.compareTo(budget.free()) < 0 ? today : budget.free();
            }

            @Override
            public Optional<Hold> reserve(Money amount) {
                return budget.reserve(amount).flatMap(ofTask -> both(ofTask, who, amount));
            }
        };
    }

    private Optional<Ledger.Hold> both(Ledger.Hold ofTask, Principal who, Money amount) {
        var day = today();
        var booked = false;
        try {
            booked = book(day, accounts(who), amount);
        } finally {
            if (!booked) {
                ofTask.settle(Money.ZERO);
            }
        }
        return booked
                ? Optional.of(cost -> {
                    ofTask.settle(cost);
                    settle(day, accounts(who), amount, cost);
                })
                : Optional.empty();
    }

    private synchronized boolean book(String day, List<Account> accounts, Money amount) {
        var all = true;
        try (var book = connection.prepareStatement(BOOK)) {
            for (var account : accounts) {
                book.setString(1, day);
                book.setString(2, account.name());
                book.setLong(3, amount.micros());
                book.setLong(4, account.limit().micros());
                all &= book.executeUpdate() == 1;
            }
            if (all) {
                connection.commit();
            }
            return all;
        } catch (SQLException e) {
            all = false;
            throw unusable(e);
        } finally {
            if (!all) {
                rollBack();
            }
        }
    }

    /** What cannot be given back stays spent: nobody gets more than the limit. */
    private synchronized void settle(String day, List<Account> accounts, Money held, Money cost) {
        var done = false;
        try (var correct = connection.prepareStatement(CORRECT)) {
            for (var account : accounts) {
                correct.setLong(1, cost.micros() - held.micros());
                correct.setString(2, day);
                correct.setString(3, account.name());
                correct.executeUpdate();
            }
            connection.commit();
            done = true;
        } catch (SQLException e) {
            LOG.error("a reservation could not be settled and counts as spent: {}", e.getMessage());
        } finally {
            if (!done) {
                rollBack();
            }
        }
    }

    private Money spent(String day, Account account) {
        try (var query =
                connection.prepareStatement("SELECT micros FROM daily_spending WHERE day = ? AND account = ?")) {
            query.setString(1, day);
            query.setString(2, account.name());
            try (var rows = query.executeQuery()) {
                return rows.next() ? new Money(rows.getLong(1)) : Money.ZERO;
            }
        } catch (SQLException e) {
            throw unusable(e);
        } finally {
            // Ends the reading, so that the next one sees what was written since.
            rollBack();
        }
    }

    private List<Account> accounts(Principal who) {
        var accounts = new ArrayList<Account>();
        accounts.add(new Account(EVERYBODY, everybodysLimit));
        who.limits().dailyMicros().ifPresent(limit -> accounts.add(new Account(who.credentialId(), new Money(limit))));
        return accounts;
    }

    private String today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
    }

    private void forgetOldDays() throws SQLException {
        try (var delete = connection.prepareStatement("DELETE FROM daily_spending WHERE day < ?")) {
            delete.setString(
                    1,
                    LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                            .minusDays(DAYS_KEPT)
                            .toString());
            delete.executeUpdate();
        }
    }

    private void rollBack() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.error("the ledger of daily spending could not roll back", e);
        }
    }

    /** No call is made whose cost cannot be reserved. */
    private static IllegalStateException unusable(SQLException cause) {
        return new IllegalStateException("the ledger of daily spending cannot be used", cause);
    }

    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }

    /** A sum of a day and what it may grow to. */
    private record Account(String name, Money limit) {}
}
