package dev.gatehouse.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Rfc3339Test {
    @ParameterizedTest
    @CsvSource({
        "2026-11-20T09:00:00Z, 2026-11-20T09:00:00.000Z",
        "2026-11-20T09:00:00.0019Z, 2026-11-20T09:00:00.001Z",
        "1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z"
    })
    void alwaysUtcWithMilliseconds(Instant at, String text) {
        assertThat(Rfc3339.format(at)).isEqualTo(text);
    }
}
