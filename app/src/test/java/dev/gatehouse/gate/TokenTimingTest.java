package dev.gatehouse.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.StrictYaml;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What the time of a look-up tells about a token (threats.md T7.1). Samples of both kinds are drawn in random order, so that
 * whatever else the machine does meets both alike; the slowest tenth, where it interrupts, is left out.
 */
class TokenTimingTest {
    private static final int SAMPLES = 100_000;
    private static final double SUSPICIOUS = 4.5;
    private static final int LENGTH = 43;
    private static final String TOKEN = "k".repeat(LENGTH);

    /** The smallest of three measurements: a leak shows in each of them, a hiccup of the machine does not. */
    private static double leak(Predicate<String> lookUp) {
        return IntStream.range(0, 3).mapToDouble(round -> welch(lookUp)).min().orElseThrow();
    }

    /** Welch's t of the times for tokens that share half of their characters with a good one, against any others. */
    private static double welch(Predicate<String> lookUp) {
        var warm = SAMPLES / 5;
        var tokens = tokens(2 * SAMPLES + warm);
        var times = new double[2][tokens.length];
        var counts = new int[2];
        for (var i = 0; i < tokens.length; i++) {
            var before = System.nanoTime();
            var known = lookUp.test(tokens[i]);
            var taken = System.nanoTime() - before;
            assertThat(known).isFalse();
            if (i >= warm) {
                var near = tokens[i].startsWith("k") ? 1 : 0;
                times[near][counts[near]++] = taken;
            }
        }
        var most = Math.max(cut(times[0], counts[0]), cut(times[1], counts[1]));
        var one = moments(times[0], counts[0], most);
        var other = moments(times[1], counts[1], most);
        return Math.abs(one[0] - other[0]) / Math.sqrt(one[1] / one[2] + other[1] / other[2]);
    }

    /** Half of them begin like the good one. Made in one way and beforehand, so that only the look-up differs. */
    private static String[] tokens(int count) {
        var random = new Random(7);
        var tokens = new String[count];
        for (var i = 0; i < count; i++) {
            var near = random.nextBoolean();
            var characters = new char[LENGTH];
            for (var c = 0; c < LENGTH; c++) {
                var digit = (char) ('0' + random.nextInt(10));
                characters[c] = near && c < LENGTH / 2 ? 'k' : digit;
            }
            tokens[i] = new String(characters);
        }
        return tokens;
    }

    private static double cut(double[] times, int count) {
        var sorted = Arrays.copyOf(times, count);
        Arrays.sort(sorted);
        return sorted[(int) (count * 0.9)];
    }

    private static double[] moments(double[] times, int count, double most) {
        var kept = Arrays.stream(times, 0, count).filter(t -> t <= most).toArray();
        var mean = Arrays.stream(kept).average().orElseThrow();
        var variance = Arrays.stream(kept).map(t -> (t - mean) * (t - mean)).sum() / (kept.length - 1);
        return new double[] {mean, variance, kept.length};
    }

    @Test
    @DisplayName(
            "D2.7, T7.1: a token that begins like a good one takes as long to refuse as any other (Welch's t < 4.5)")
    void constantTime() throws Exception {
        var credentials = BearersFile.parse(
                StrictYaml.read("- {caller: a, tier: read, token: " + TOKEN + "}"),
                Path.of("bearers.yaml"),
                Clock.systemUTC());
        assertThat(credentials.authenticate(TOKEN)).isPresent();

        assertThat(leak(token -> credentials.authenticate(token).isPresent())).isLessThan(SUSPICIOUS);
    }

    @Test
    @DisplayName("T7.1: the measurement would show a comparison that ends at the first difference")
    void theMeasurementCanFail() {
        // As slow a character as a check over a network would be, so that it shows on any machine.
        Predicate<String> leaking = token -> {
            for (var i = 0; i < LENGTH; i++) {
                if (token.charAt(i) != TOKEN.charAt(i)) {
                    return false;
                }
                Thread.onSpinWait();
            }
            return true;
        };

        assertThat(leak(leaking)).isGreaterThan(SUSPICIOUS);
    }
}
