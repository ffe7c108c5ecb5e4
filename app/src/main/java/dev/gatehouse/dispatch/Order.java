package dev.gatehouse.dispatch;

import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.ToolCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a caller asks for, after every bound was checked (dispatcher.md 3.4).
 *
 * @param goal 1 to 10 000 code points
 * @param maxTurns model responses, 1 to 100
 * @param maxBudgetMicros micro-dollars, up to 50 000 000
 * @param effect what the task may do at most
 * @param queue wait for the robot or a slot instead of being refused
 * @param onDisconnect empty = by the way the answer is read
 * @param deadMan how often the caller promises to say that it is still there (D11.6)
 * @param approvalWait how long a call may wait for a person
 * @param deltas also stream text as the model writes it
 * @param ignoredFields unknown members of the body, by name
 * @param call the call that a task of kind {@code call} is about
 * @param arrival how it came here
 */
public record Order(
        TaskKind kind,
        String goal,
        int maxTurns,
        long maxBudgetMicros,
        Effect effect,
        Optional<String> engine,
        Optional<String> model,
        Duration deadline,
        boolean queue,
        StreamLevel stream,
        Optional<DisconnectPolicy> onDisconnect,
        Optional<Duration> deadMan,
        Duration approvalWait,
        boolean deltas,
        Map<String, String> labels,
        List<String> ignoredFields,
        Optional<ToolCall> call,
        Arrival arrival) {

    /** An order for one call of a tool, which nobody waits for on its connection; it is refused if it cannot begin at once. */
    public static Order forCall(ToolCall call, Effect effect, Duration deadline) {
        return new Order(
                TaskKind.CALL,
                call.tool(),
                1,
                0,
                effect,
                Optional.empty(),
                Optional.empty(),
                deadline,
                false,
                StreamLevel.PROGRESS,
                Optional.of(DisconnectPolicy.CONTINUE),
                Optional.empty(),
                deadline,
                false,
                Map.of(),
                List.of(),
                Optional.of(call),
                Arrival.DIRECT);
    }
}
