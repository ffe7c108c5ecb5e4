package dev.gatehouse.client;

import dev.gatehouse.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One task followed to its end: each event once and in order, whatever becomes of the connection. A stream that breaks is read on
 * after the last event that came (D18.2). The first interrupt cancels the task and waits for its result, the second leaves (D18.3).
 *
 * <p>Everything that happens meets in one queue and is dealt with by the thread that follows.
 */
public final class Following {
    /** Lines that wait to be shown; a full queue makes the reader wait, and then the server. */
    private static final int MOST_WAITING = 256;

    /** Hears what is worth showing. */
    public interface Listener {
        /** The next event, once; also heartbeats and the other lines without a number. */
        void event(JsonNode event);

        /** Something about the following itself. */
        void said(String message);
    }

    private record Arrival(@Nullable EventReader from, News news) {}

    private final LinkedBlockingDeque<Arrival> arrivals = new LinkedBlockingDeque<>(MOST_WAITING);
    private final ServerConnection server;
    private final Listener listener;
    private final Patience patience;
    private @Nullable EventReader reader;
    private String taskId = "";
    private String level = "";
    private Optional<Duration> promise = Optional.empty();
    private @Nullable Renewals renewals;
    private long after;
    private int failures;
    private boolean cancelWanted;
    private boolean cancelHeard;

    public Following(ServerConnection server, Listener listener, Patience patience) {
        this.server = server;
        this.listener = listener;
        this.patience = patience;
    }

    /**
     * Hands over an order and follows what becomes of it.
     *
     * @param streamLevel how much the order asks to be told, so that a later stream tells as much; empty for the server's default
     */
    public Outcome dispatch(Call order, Optional<String> streamLevel) throws InterruptedException {
        return dispatch(order, streamLevel, Optional.empty());
    }

    /**
     * The same for an order that promises to say within each such time that its caller is there; while it is followed, the promise
     * is kept (D11.6).
     */
    public Outcome dispatch(Call order, Optional<String> streamLevel, Optional<Duration> deadMan)
            throws InterruptedException {
        promise = deadMan;
        level = streamLevel.map(name -> "&stream=" + name).orElse("");
        return follow(order);
    }

    /** Follows a task that is there already, from its first event. */
    public Outcome follow(String task) throws InterruptedException {
        taskId = task;
        return follow(events());
    }

    /** What Ctrl-C does; may be called by any thread. */
    public void interrupt() throws InterruptedException {
        arrivals.putFirst(new Arrival(null, new News.Interrupt()));
    }

    private Call events() {
        return Call.get("/v1/tasks/" + taskId + "/events?after=" + after + level);
    }

    private Outcome follow(Call first) throws InterruptedException {
        try {
            read(first, Duration.ZERO);
            while (true) {
                var arrival = arrivals.poll(patience.silence().toMillis(), TimeUnit.MILLISECONDS);
                // What an earlier stream said is of no interest: the present one says it again.
                if (arrival == null || arrival.from() == null || arrival.from() == reader) {
                    var outcome = arrival == null ? broken("it fell silent") : dealWith(arrival.news());
                    if (outcome.isPresent()) {
                        return outcome.get();
                    }
                }
            }
        } finally {
            hangUp();
            if (renewals != null) {
                renewals.close();
            }
        }
    }

    private void read(Call call, Duration pause) {
        hangUp();
        reader = EventReader.start(server, call, pause, (from, news) -> arrivals.put(new Arrival(from, news)));
    }

    private void hangUp() {
        if (reader != null) {
            reader.close();
        }
    }

    private Optional<Outcome> dealWith(News news) {
        return switch (news) {
            case News.Opened(var id) -> opened(id);
            case News.Event(var json) -> event(json);
            case News.Refused(var answer) -> refused(answer);
            case News.Broken(var why) -> broken(why);
            case News.Garbled(var why) -> Optional.of(new Outcome.Garbled(why));
            case News.Canceling(var heard, var why) -> canceling(heard, why);
            case News.Interrupt() -> interrupted();
        };
    }

    private Optional<Outcome> opened(String id) {
        if (taskId.isEmpty()) {
            taskId = id;
        }
        if (!taskId.matches("tsk-[0-9a-z]{1,60}")) {
            return Optional.of(new Outcome.Garbled("the stream belongs to no task"));
        }
        if (promise.isPresent() && renewals == null) {
            renewals = Renewals.start(server, taskId, promise.get());
        }
        if (cancelWanted && !cancelHeard) {
            cancel();
        }
        return Optional.empty();
    }

    private Optional<Outcome> event(JsonNode event) {
        failures = 0;
        var seq = event.path("seq").asLong(0);
        if (event.has("seq")) {
            if (seq <= after) {
                return Optional.empty();
            }
            after = seq;
        }
        listener.event(event);
        return event.path("type").asString("").equals("result")
                ? Optional.of(new Outcome.Ended(taskId, event))
                : Optional.empty();
    }

    /** A server that is starting or full has said nothing about the task; anything else it says is an answer. */
    private Optional<Outcome> refused(Answer answer) {
        var passing = answer.status() >= 500 || answer.status() == 429;
        return passing && !taskId.isEmpty()
                ? broken("the server answers " + answer.status())
                : Optional.of(new Outcome.Refused(answer));
    }

    private Optional<Outcome> broken(String why) {
        if (taskId.isEmpty()) {
            return Optional.of(new Outcome.Unreachable(why));
        }
        failures++;
        if (failures > patience.attempts()) {
            return Optional.of(new Outcome.Lost(taskId));
        }
        if (failures == 1) {
            listener.said("the connection broke, " + why + "; reading on after event " + after + " of " + taskId);
        }
        read(events(), patience.pause(failures));
        return Optional.empty();
    }

    private Optional<Outcome> interrupted() {
        if (cancelWanted) {
            return Optional.of(new Outcome.Left(taskId));
        }
        cancelWanted = true;
        listener.said("canceling, and waiting for the robot to settle; Ctrl-C once more leaves it alone");
        if (!taskId.isEmpty()) {
            cancel();
        }
        return Optional.empty();
    }

    private Optional<Outcome> canceling(boolean heard, String why) {
        cancelHeard = heard;
        if (!heard) {
            listener.said("the cancel did not get through: " + why);
        }
        return Optional.empty();
    }

    /** On a thread of its own, because events go on while the server stops the robot. */
    private void cancel() {
        var path = "/v1/tasks/" + taskId + "/cancel";
        Thread.ofVirtual().start(() -> {
            try {
                arrivals.put(new Arrival(null, cancel(path)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private News cancel(String path) throws InterruptedException {
        try {
            var answer = server.post(path, Json.object().put("reason", "its caller pressed Ctrl-C"));
            return new News.Canceling(answer.status() / 100 == 2, "the server answers " + answer.status());
        } catch (IOException e) {
            return new News.Canceling(false, "no server answers");
        }
    }
}
