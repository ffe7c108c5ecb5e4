package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
@DisplayName("Every measurement still measures")
class SmokeTest {
    private static Stream<String> names() {
        return Bench.all().stream().map(Measurement::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    @DisplayName("with tiny counts it runs to its end; whether the bars hold is not asked here")
    void measures(String name) throws Exception {
        var site = Site.here();
        assumeTrue(site.built(), "needs the packaged program");
        var measurement = Bench.all().stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow();

        var rows = measurement.measure(site, Effort.SMOKE);

        assertThat(rows).isNotEmpty().allSatisfy(row -> assertThat(row.what()).isNotBlank());
    }

    @Test
    void percentilesAreOfTheNearestRank() {
        var hundred = Percentiles.of(
                Stream.iterate(100L, n -> n - 1).limit(100).mapToLong(n -> n).toArray());

        assertThat(hundred.p50()).isEqualTo(50);
        assertThat(hundred.p99()).isEqualTo(99);
        assertThat(hundred.max()).isEqualTo(100);
        assertThat(Percentiles.of(new long[] {7}).p99()).isEqualTo(7);
    }

    @Test
    void theReportSaysWhatIsMissed() {
        var machine = new Machine("some processor", 2, true, 24.0, "Linux 6", "Java 25", "0.10");
        var rows = List.of(
                Row.judged("a", "b", "c", "d", true),
                Row.judged("e", "f", "g", "h", false),
                Row.skipped("i", "j", "absent"));

        var report = Report.markdown(rows, machine, LocalDate.of(2026, 11, 20));

        assertThat(report)
                .contains("| e | f | g | h | **no** |", "2026-11-20", "some processor")
                .contains("1 bars hold, 1 are missed, 1 could not be measured here.");
    }
}
