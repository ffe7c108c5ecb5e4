package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How an answer leaves the house: what is sent and waited for, and whether the end is orderly.
 *
 * <p>This is where pace and faults become bytes and silence; the handler only carries it out.
 */
record Delivery(List<Step> steps, boolean cut) {
    Delivery {
        steps = List.copyOf(steps);
    }

    /** One thing to do. */
    sealed interface Step {}

    /** Write this text as UTF-8 and push it out. */
    record Send(String text) implements Step {}

    /** Let this time go by. */
    record Wait(int millis) implements Step {}

    /** The delivery of a stream. */
    static Delivery stream(Answer answer, Pace pace, Optional<Fault> fault) {
        var events = EventStream.of(
                answer,
                pace.chunkChars(),
                fault.filter(Fault.BadJson.class::isInstance).isPresent());
        if (fault.isEmpty()) {
            return paced(events, pace, false);
        }
        return switch (fault.get()) {
            case Fault.Http http -> throw new IllegalArgumentException("an HTTP error has no stream: " + http.status());
            case Fault.SseError error -> {
                var some = new ArrayList<>(first(events, error.afterEvents()));
                some.add(SseEvent.error(ApiError.of(error.type())));
                yield paced(some, pace, false);
            }
            case Fault.Cut cut -> paced(first(events, cut.afterEvents()), pace, true);
            case Fault.Hang hang -> {
                var before = paced(first(events, hang.afterEvents()), pace, false);
                var rest = events.subList(first(events, hang.afterEvents()).size(), events.size());
                var steps = new ArrayList<>(before.steps());
                steps.add(new Wait(hang.millis()));
                steps.addAll(paced(rest, pace, false).steps());
                yield new Delivery(steps, false);
            }
            case Fault.NoStop noStop -> paced(events.subList(0, events.size() - 1), pace, false);
            case Fault.BadJson badJson -> paced(events, pace, false);
            case Fault.UnknownEvent unknown -> paced(withUnknown(events), pace, false);
        };
    }

    /** The delivery of a whole body. */
    static Delivery body(Answer answer, Pace pace, Optional<Fault> fault) {
        var body = Json.line(answer.whole());
        var steps = new ArrayList<Step>();
        if (pace.firstMs() > 0) {
            steps.add(new Wait(pace.firstMs()));
        }
        if (fault.isPresent() && fault.get() instanceof Fault.Hang hang) {
            steps.add(new Wait(hang.millis()));
        }
        if (fault.isPresent() && fault.get() instanceof Fault.Cut cut) {
            if (cut.afterEvents() > 0) {
                steps.add(new Send(body.substring(0, body.length() / 2)));
            }
            return new Delivery(steps, true);
        }
        steps.add(new Send(body));
        return new Delivery(steps, false);
    }

    private static List<SseEvent> first(List<SseEvent> events, int count) {
        return events.subList(0, Math.min(count, events.size() - 1));
    }

    private static List<SseEvent> withUnknown(List<SseEvent> events) {
        var more = new ArrayList<>(events);
        more.add(events.size() - 2, SseEvent.of("rehearsal_unknown"));
        more.add(1, SseEvent.of("rehearsal_unknown"));
        return more;
    }

    private static Delivery paced(List<SseEvent> events, Pace pace, boolean cut) {
        var steps = new ArrayList<Step>();
        for (var event : events) {
            var wait = event.name().equals("message_start")
                    ? pace.firstMs()
                    : EventStream.isDelta(event) ? pace.chunkMs() : 0;
            if (wait > 0) {
                steps.add(new Wait(wait));
            }
            steps.add(new Send(event.text()));
        }
        return new Delivery(steps, cut);
    }
}
