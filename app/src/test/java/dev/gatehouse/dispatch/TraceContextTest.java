package dev.gatehouse.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("3.2: trace context of the W3C; what is malformed counts as not sent")
class TraceContextTest {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void wellFormed() {
        var context = TraceContext.read(List.of(TRACE), List.of("rojo=00f067aa0ba902b7 , congo=t61", "a@b=c"));

        assertThat(context.orElseThrow().traceparent()).isEqualTo(TRACE);
        assertThat(context.orElseThrow().tracestate()).contains("rojo=00f067aa0ba902b7,congo=t61,a@b=c");
    }

    @Test
    @DisplayName("a later version may have more fields; the first version may not")
    void laterVersions() {
        var later = "cc" + TRACE.substring(2);
        assertThat(TraceContext.read(List.of(later), List.of())).isPresent();
        assertThat(TraceContext.read(List.of(later + "-what-the-future-brings"), List.of()))
                .isPresent();
        assertThat(TraceContext.read(List.of(later + ".x"), List.of())).isEmpty();
        assertThat(TraceContext.read(List.of(TRACE + "-x"), List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g",
                "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01"
            })
    void malformed(String parent) {
        assertThat(TraceContext.read(List.of(parent), List.of("a=b"))).isEmpty();
    }

    @Test
    void twoAreNone() {
        assertThat(TraceContext.read(List.of(TRACE, TRACE), List.of())).isEmpty();
        assertThat(TraceContext.read(List.of(), List.of("a=b"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A=b", "a=b=c", "=b", "a=", "a=b,a=c", "a=\u00e4", ",", ""})
    @DisplayName("a malformed tracestate goes, its traceparent stays")
    void malformedState(String state) {
        var context = TraceContext.read(List.of(TRACE), List.of(state)).orElseThrow();

        assertThat(context.tracestate()).isEmpty();
    }

    @Test
    void tooManyMembersAreNone() {
        var members = IntStream.range(0, 33).mapToObj(i -> "k" + i + "=v").toList();

        assertThat(TraceContext.read(List.of(TRACE), members).orElseThrow().tracestate())
                .isEmpty();
        assertThat(TraceContext.read(List.of(TRACE), members.subList(0, 32))
                        .orElseThrow()
                        .tracestate())
                .isPresent();
    }
}
