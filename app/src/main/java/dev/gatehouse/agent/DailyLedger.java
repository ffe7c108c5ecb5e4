package dev.gatehouse.agent;

import dev.gatehouse.dispatch.SpendingBook;
import dev.gatehouse.dispatch.StoreUnavailableException;
import dev.gatehouse.tool.Payer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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

    private final SpendingBook book;
    private final Supplier<Money> everybodysLimit;
    private final Clock clock;

    private DailyLedger(SpendingBook book, Supplier<Money> everybodysLimit, Clock clock) {
        this.book = book;
        this.everybodysLimit = everybodysLimit;
        this.clock = clock;
    }

    /**
     * Opens the ledger of a state directory.
     *
     * @param limit what all callers together may spend in a day
     * @throws IOException if the database cannot be used
     */
    public static DailyLedger open(Path stateDirectory, Supplier<Money> limit, Clock clock) throws IOException {
        var firstDay = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(DAYS_KEPT);
        return new DailyLedger(SpendingBook.open(stateDirectory, firstDay.toString()), limit, clock);
    }

    /** What a credential can still reserve today. */
    public Money free(Payer who) {
        var day = today();
        return limits(who).entrySet().stream()
                .map(limit -> new Money(limit.getValue()).minus(spent(day, limit.getKey())))
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
    public Ledger with(Payer who, TaskBudget budget) {
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

    private Optional<Ledger.Hold> both(Ledger.Hold ofTask, Payer who, Money amount) {
        var day = today();
        var booked = false;
        try {
            booked = book(day, limits(who), amount);
        } finally {
            if (!booked) {
                ofTask.settle(Money.ZERO);
            }
        }
        return booked
                ? Optional.of(cost -> {
                    ofTask.settle(cost);
                    settle(day, limits(who).keySet(), amount, cost);
                })
                : Optional.empty();
    }

    private boolean book(String day, Map<String, Long> limits, Money amount) {
        try {
            return book.book(day, limits, amount.micros());
        } catch (StoreUnavailableException e) {
            throw unusable(e);
        }
    }

    /** What cannot be given back stays spent: nobody gets more than the limit. */
    private void settle(String day, Set<String> accounts, Money held, Money cost) {
        try {
            book.correct(day, accounts, cost.micros() - held.micros());
        } catch (StoreUnavailableException e) {
            LOG.error("a reservation could not be settled and counts as spent: {}", e.getMessage());
        }
    }

    private Money spent(String day, String account) {
        try {
            return new Money(book.spent(day, account));
        } catch (StoreUnavailableException e) {
            throw unusable(e);
        }
    }

    /** The accounts that a call of this caller is paid from, and what each may grow to. */
    private Map<String, Long> limits(Payer who) {
        var limits = new LinkedHashMap<String, Long>();
        limits.put(EVERYBODY, everybodysLimit.get().micros());
        who.dailyMicros().ifPresent(limit -> limits.put(who.credentialId(), limit));
        return limits;
    }

    private String today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
    }

    /** No call is made whose cost cannot be reserved. */
    private static IllegalStateException unusable(StoreUnavailableException cause) {
        return new IllegalStateException("the ledger of daily spending cannot be used", cause);
    }

    @Override
    public void close() throws IOException {
        book.close();
    }
}
