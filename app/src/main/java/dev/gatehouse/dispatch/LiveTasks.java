package dev.gatehouse.dispatch;

import dev.gatehouse.gate.Principal;
import dev.gatehouse.secret.Redactor;
import dev.gatehouse.secret.Secret;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tasks whose result is not durable yet, and the model keys that are known because of them. Safe for any number of threads. */
final class LiveTasks {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTasks.class);

    private final Map<String, LiveTask> byId = new ConcurrentHashMap<>();
    private final Set<String> unfinished = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> openOf = new ConcurrentHashMap<>();
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
        return unfinished.size();
    }

    /** How many of them were ordered with this credential and are not over. Counted, not searched: many orders ask while many wait. */
    int countOf(Principal principal) {
        return openOf.getOrDefault(principal.credentialId(), 0);
    }

    /** Waits until these are over, but not longer than this. */
    static void await(Collection<LiveTask> tasks, Duration atMost) {
        try {
            CompletableFuture.allOf(tasks.stream().map(LiveTask::over).toArray(CompletableFuture[]::new))
                    .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.error("some tasks did not settle; the next start settles them");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a task only ever completes", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The tasks that are not over, by state. */
    Map<TaskState, Long> states() {
        return byId.values().stream()
                .map(task -> task.task().state())
                .filter(state -> !state.terminal())
                .collect(Collectors.groupingBy(state -> state, Collectors.counting()));
    }

    /** Those that were. */
    EndedTasks ended() {
        return ended;
    }

    void add(LiveTask task) {
        byId.put(task.taskId(), task);
        if (unfinished.add(task.taskId())) {
            openOf.merge(task.principal().credentialId(), 1, Integer::sum);
        }
    }

    /** The task is over; it is found until its result is durable. */
    void over(LiveTask task) {
        if (unfinished.remove(task.taskId())) {
            openOf.computeIfPresent(task.principal().credentialId(), (id, open) -> open == 1 ? null : open - 1);
        }
    }

    /** Knows a key from now on, so that it is found in whatever its task says. */
    void know(Secret key) {
        redactor.know(key);
    }

    void remove(LiveTask task) {
        over(task);
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
