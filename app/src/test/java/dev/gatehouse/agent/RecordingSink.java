package dev.gatehouse.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.NullMarked;

/** Keeps what a run reported, in order. */
@NullMarked
public final class RecordingSink implements EngineSink {
    public record Text(int turn, String text, boolean last) {}

    public record Used(int turn, Usage usage, Money cost, Money total, Money remaining) {}

    public record Retry(int turn, int attempt, Duration delay, OptionalInt status, FailureCode code) {}

    private final List<Object> events = new ArrayList<>();
    private final StringBuilder deltas = new StringBuilder();

    @Override
    public synchronized void text(int turn, String text, boolean last) {
        events.add(new Text(turn, text, last));
    }

    @Override
    public synchronized void textDelta(int turn, String text) {
        deltas.append(text);
    }

    @Override
    public synchronized void usage(int turn, Usage usage, Money cost, Money total, Money remaining) {
        events.add(new Used(turn, usage, cost, total, remaining));
    }

    @Override
    public synchronized void retry(int turn, int attempt, Duration delay, OptionalInt status, FailureCode code) {
        events.add(new Retry(turn, attempt, delay, status, code));
    }

    public synchronized <T> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public List<String> texts() {
        return all(Text.class).stream().map(Text::text).toList();
    }

    public synchronized String deltas() {
        return deltas.toString();
    }

    @Override
    public synchronized String toString() {
        return events + " " + deltas;
    }
}
