package dev.gatehouse.dispatch;

import dev.gatehouse.gate.Principal;
import dev.gatehouse.secret.Redactor;
import dev.gatehouse.secret.Secret;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tasks whose result is not durable yet, and the model keys that are known because of them. Safe for any number of threads. */
final class LiveTasks {
    private final Map<String, LiveTask> byId = new ConcurrentHashMap<>();
    private final EndedTasks ended = new EndedTasks();
    private final Redactor redactor;

    LiveTasks(Redactor redactor) {
        this.redactor = redactor;
    }

    Optional<LiveTask> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All of them at this moment. */
    Collection<LiveTask> all() {
        return List.copyOf(byId.values());
    }

    /** How many are not over; one whose result is only not durable yet is. */
    int count() {
        return (int) unfinished().count();
    }

    /** How many of them the caller has that are not over. */
    int countOf(Principal principal) {
        return (int) unfinished()
                .filter(task -> task.principal().caller().equals(principal.caller()))
                .count();
    }

    /** The tasks that are not over, by state. */
    Map<TaskState, Long> states() {
        return unfinished().collect(Collectors.groupingBy(task -> task.task().state(), Collectors.counting()));
    }

    /** Those that were. */
    EndedTasks ended() {
        return ended;
    }

    private Stream<LiveTask> unfinished() {
        return byId.values().stream().filter(task -> !task.task().state().terminal());
    }

    void add(LiveTask task) {
        byId.put(task.taskId(), task);
    }

    /** Knows a key from now on, so that it is found in whatever its task says. */
    void know(Secret key) {
        redactor.know(key);
    }

    void remove(LiveTask task) {
        byId.remove(task.taskId());
        if (task.task().state().terminal()) {
            ended.add(task.task());
        }
        task.key().ifPresent(this::forget);
    }

    /** Forgets and wipes a key. */
    void forget(Secret key) {
        redactor.forget(key);
        key.close();
    }
}
