package dev.gatehouse.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.time.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The one right to move the robot, on a clock that the test moves (D9.1 to D9.3, threats.md T17.2). */
@Timeout(60)
class ActuateLeaseTest {
    private final ManualTicker ticker = new ManualTicker();
    private final ActuateLease lease = new ActuateLease(41, ticker);
    private final List<String> told = new ArrayList<>();
    private final CountDownLatch free = new CountDownLatch(1);

    private ActuateLease.Grant take(String holder) {
        return lease.take(holder).orElseThrow();
    }

    @Test
    @DisplayName("D9.3: a holder that renews every second keeps the lease however long it takes")
    void renewed() throws Exception {
        var grant = take("task");
        for (var second = 0; second < 60; second++) {
            ticker.awaitSleepers(1);
            ticker.advance(Duration.ofSeconds(1));
        }
        ticker.awaitSleepers(1);

        assertThat(lease.holds(grant.generation())).isTrue();
        assertThat(lease.take("other")).isEmpty();
    }

    @Test
    @DisplayName("D9.3: late by less than 5 s is in time")
    void slow() throws Exception {
        var grant = take("task");
        ticker.awaitSleepers(1);
        ticker.advance(Duration.ofMillis(4_999));
        ticker.awaitSleepers(1);
        ticker.advance(Duration.ofMillis(4_999));
        ticker.awaitSleepers(1);

        assertThat(lease.holds(grant.generation())).isTrue();
    }

    @Test
    @DisplayName("T17.2, T26.1: a holder frozen past its 5 s moves nothing from the first instant on")
    void frozen() throws Exception {
        var grant = take("task");
        ticker.awaitSleepers(1);
        var telling = new CountDownLatch(1);
        lease.onLost(lost -> {
            try {
                telling.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        ticker.advance(Duration.ofSeconds(5));

        assertThat(lease.holds(grant.generation())).isFalse();
        telling.countDown();
    }

    @Test
    @DisplayName(
            "T17.2: whoever takes over does so after the robot was stopped, with a higher generation; the old one is refused")
    void takeOver() throws Exception {
        var old = take("task");
        ticker.awaitSleepers(1);
        lease.onLost(grant -> {
            told.add(grant.holder());
            assertThat(lease.take("too early")).isEmpty();
        });
        lease.onFree(free::countDown);
        ticker.advance(Duration.ofDays(1));
        free.await();
        var next = take("other");

        assertThat(told).containsExactly("task");
        assertThat(next.generation()).isGreaterThan(old.generation()).isGreaterThan(41);
        assertThat(lease.holds(old.generation())).isFalse();
        lease.release(old);
        assertThat(lease.holder()).as("an old holder gives nothing back").isEqualTo(Optional.of(next));
    }

    @Test
    @DisplayName("D9.3: what was given back or taken away in order is not lost")
    void inOrder() throws Exception {
        lease.onLost(grant -> told.add(grant.holder()));
        lease.release(take("one"));
        var two = take("two");
        lease.revoke();
        ticker.awaitSleepers(0);
        ticker.advance(Duration.ofSeconds(10));
        var three = take("three");
        ticker.awaitSleepers(1);

        assertThat(told).isEmpty();
        assertThat(lease.holds(two.generation())).isFalse();
        assertThat(lease.holds(three.generation())).isTrue();
    }
}
