package dev.gatehouse.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.NullMarked;

/** Reservations against random calls. A class of its own: jqwik skips properties whose class or method has JUnit annotations. */
@NullMarked
class SpendPropertyTest {
    @Property(tries = 1_000)
    @Label("T18.1: no scripted usage within what was reserved overshoots the budget, whatever happens to the calls")
    void overshootIsZero(@ForAll @LongRange(min = 0, max = 60_000) long budget, @ForAll long seed) {
        var random = new Random(seed);
        var price = Prices.builtIn()
                .price(random.nextBoolean() ? "gatehouse-rehearsal-1" : "claude-haiku-5-5")
                .orElseThrow();
        var account = new TaskBudget(new Money(budget));
        var spend = new Spend(price, account);
        for (var call = 0; call < 40; call++) {
            var bound = random.nextInt(1, 150_000);
            var write = List.copyOf(EnumSet.allOf(CacheWrite.class)).get(random.nextInt(3));
            var reserved = spend.reserve(bound, 256 + random.nextInt(8_000), write);
            assertThat(account.free().micros()).isNotNegative();
            reserved.ifPresent(r -> end(r, bound, write, random));
            assertThat(spend.total().micros()).isLessThanOrEqualTo(budget);
            assertThat(spend.total()).isEqualTo(account.spent());
        }
        assertThat(spend.remaining().plus(spend.total()).micros()).isEqualTo(budget);
    }

    private static void end(Spend.Reservation reservation, int bound, CacheWrite write, Random random) {
        switch (random.nextInt(8)) {
            case 0 -> reservation.settleUnknown();
            case 1 -> reservation.release();
            default -> {
                var left = bound;
                var read = random.nextInt(left + 1);
                left -= read;
                var write5m = write == CacheWrite.NONE ? 0 : random.nextInt(left + 1);
                left -= write5m;
                var write1h = write == CacheWrite.ONE_HOUR ? random.nextInt(left + 1) : 0;
                left -= write1h;
                var output = random.nextInt(reservation.maxTokens() + 1);
                var cost = reservation.settle(new Usage(left, output, read, write5m, write1h, random.nextBoolean()));
                assertThat(cost).isLessThanOrEqualTo(reservation.worst());
            }
        }
    }
}
