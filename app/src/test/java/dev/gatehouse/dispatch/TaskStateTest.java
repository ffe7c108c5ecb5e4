package dev.gatehouse.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TaskStateTest {
    private static final Set<TaskState> OPEN = EnumSet.of(
            TaskState.ACCEPTED, TaskState.QUEUED, TaskState.RUNNING, TaskState.AWAITING_APPROVAL, TaskState.STOPPING);

    /** The table of section 1 without its last row. */
    private static final Map<TaskState, Set<TaskState>> ARROWS = Map.of(
            TaskState.ACCEPTED, Set.of(TaskState.QUEUED, TaskState.RUNNING, TaskState.STOPPING),
            TaskState.QUEUED, Set.of(TaskState.RUNNING, TaskState.STOPPING),
            TaskState.RUNNING, Set.of(TaskState.AWAITING_APPROVAL, TaskState.STOPPING),
            TaskState.AWAITING_APPROVAL, Set.of(TaskState.RUNNING, TaskState.STOPPING));

    static Stream<Arguments> everyPair() {
        return Stream.of(TaskState.values())
                .flatMap(from -> Stream.of(TaskState.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("everyPair")
    @DisplayName("1: every pair of states against the table")
    void table(TaskState from, TaskState to) {
        var arrow = ARROWS.getOrDefault(from, Set.of()).contains(to) || (OPEN.contains(from) && !OPEN.contains(to));

        assertThat(from.mayBecome(to)).isEqualTo(arrow);
    }

    @Test
    void terminalIsWhatIsNotOpen() {
        assertThat(TaskState.values()).allSatisfy(s -> assertThat(s.terminal()).isEqualTo(!OPEN.contains(s)));
    }

    @Test
    void wireNamesReadBack() {
        assertThat(TaskState.values())
                .allSatisfy(s -> assertThat(TaskState.ofWire(s.wire())).isEqualTo(s));
        assertThat(EventType.values())
                .allSatisfy(t -> assertThat(EventType.ofWire(t.wire())).isEqualTo(t));
    }
}
