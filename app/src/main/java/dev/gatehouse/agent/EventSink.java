package dev.gatehouse.agent;

import dev.gatehouse.dispatch.EventType;
import dev.gatehouse.dispatch.LiveTask;
import dev.gatehouse.json.Json;
import java.time.Duration;
import java.util.OptionalInt;

/** Writes what an engine reports into the log of its task. */
final class EventSink implements EngineSink {
    private final LiveTask task;

    EventSink(LiveTask task) {
        this.task = task;
    }

    @Override
    public void text(int turn, String text, boolean last) {
        var members = Json.object().put("turn", turn);
        EventText.put(members, "text", text);
        task.emit(EventType.TEXT, members.put("final", last));
    }

    @Override
    public void textDelta(int turn, String text) {
        task.delta(turn, text);
    }

    @Override
    public void usage(int turn, Usage usage, Money cost, Money total, Money remaining) {
        var members = Json.object().put("turn", turn);
        members.setAll(UsageJson.totals(usage));
        members.put("cost_usd", cost.dollars());
        members.put("total_usd", total.dollars());
        members.put("remaining_usd", remaining.dollars());
        task.emit(EventType.USAGE, members);
    }

    @Override
    public void retry(int turn, int attempt, Duration delay, OptionalInt status, FailureCode code) {
        var members = Json.object().put("what", "model_api").put("attempt", attempt);
        members.put("delay_ms", delay.toMillis());
        status.ifPresentOrElse(s -> members.put("status", s), () -> members.putNull("status"));
        task.emit(EventType.RETRY, members.put("code", code.code()));
    }
}
