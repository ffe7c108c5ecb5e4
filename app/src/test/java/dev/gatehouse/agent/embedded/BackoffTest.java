package dev.gatehouse.agent.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullMarked
@DisplayName("Backoff with full jitter (engines.md section 2.4)")
class BackoffTest {
    private final Backoff backoff = new Backoff(new Random(3));

    @ParameterizedTest
    @CsvSource({"1,500", "2,1000", "3,2000", "5,8000", "9,8000", "60,8000"})
    void theWaitLiesAnywhereBelowACeilingThatDoubles(int attempt, long ceiling) {
        var longest = Duration.ZERO;
        var shortest = Duration.ofHours(1);
        for (var i = 0; i < 2_000; i++) {
            var delay = backoff.delay(attempt, Optional.empty());
            longest = delay.compareTo(longest) > 0 ? delay : longest;
            shortest = delay.compareTo(shortest) < 0 ? delay : shortest;
        }

        assertThat(longest).isBetween(Duration.ofMillis(ceiling * 9 / 10), Duration.ofMillis(ceiling));
        assertThat(shortest).isLessThan(Duration.ofMillis(ceiling / 10));
    }

    @ParameterizedTest
    @CsvSource({"20,20", "30,30", "31,30", "999999999,30"})
    void whatTheServerAskedForIsTheLeastUpToThirtySeconds(long asked, long seconds) {
        assertThat(backoff.delay(1, Optional.of(Duration.ofSeconds(asked)))).isEqualTo(Duration.ofSeconds(seconds));
    }
}
