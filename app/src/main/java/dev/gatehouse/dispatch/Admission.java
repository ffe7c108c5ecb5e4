package dev.gatehouse.dispatch;

import dev.gatehouse.gate.ActuateLease;
import dev.gatehouse.tool.Effect;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who may run now and who waits: a number of slots, and one lease for whoever may move the robot. First in, first out;
 * a task that only looks does not wait for the lease (D9.4 to D9.6).
 */
final class Admission {
    private final int slots;
    private final int maxQueue;
    private final ActuateLease lease;
    private final Deque<LiveTask> queue = new ArrayDeque<>();
    private final Set<LiveTask> running = Collections.newSetFromMap(new IdentityHashMap<>());

    Admission(int slots, int maxQueue, ActuateLease lease) {
        this.slots = slots;
        this.maxQueue = maxQueue;
        this.lease = lease;
    }

    /** Why an order that does not wait would be turned away now. */
    synchronized Optional<Refusal> obstacle(Order order) {
        if (order.queue()) {
            return queue.size() >= maxQueue
                    ? Optional.of(Refusal.later(Refusal.Code.NO_CAPACITY, "the queue is full", 5))
                    : Optional.empty();
        }
        if (order.effect() == Effect.ACTUATE && lease.holder().isPresent()) {
            return Optional.of(Refusal.later(Refusal.Code.BUSY, "another task holds the actuate lease", 5));
        }
        return running.size() >= slots
                ? Optional.of(Refusal.later(Refusal.Code.NO_CAPACITY, "all task slots are in use", 5))
                : Optional.empty();
    }

    /**
     * Takes what the task needs, or puts it into the queue.
     *
     * @param first told what became of it before anybody else can start the task; must not wait
     */
    synchronized Entry enter(LiveTask task, Consumer<Entry> first) {
        var entry = take(task) ? Entry.RUN : waiting(task);
        first.accept(entry);
        return entry;
    }

    private Entry waiting(LiveTask task) {
        if (!task.order().queue() || queue.size() >= maxQueue) {
            return Entry.TURNED_AWAY;
        }
        queue.add(task);
        return running.size() >= slots ? Entry.WAIT_SLOT : Entry.WAIT_LEASE;
    }

    /**
     * Gives back what a task held, or takes it out of the queue. Harmless when repeated.
     *
     * @return the tasks that may start now
     */
    synchronized List<LiveTask> leave(LiveTask task) {
        queue.remove(task);
        if (running.remove(task)) {
            task.lease().ifPresent(lease::release);
        }
        var next = new ArrayList<LiveTask>();
        for (var waiting : List.copyOf(queue)) {
            if (take(waiting)) {
                queue.remove(waiting);
                next.add(waiting);
            }
        }
        return next;
    }

    /** How many wait. */
    synchronized int waiting() {
        return queue.size();
    }

    private boolean take(LiveTask task) {
        if (running.size() >= slots) {
            return false;
        }
        if (task.order().effect() == Effect.ACTUATE) {
            var grant = lease.take(task.taskId());
            if (grant.isEmpty()) {
                return false;
            }
            task.hold(grant.get());
        }
        running.add(task);
        return true;
    }

    /** What became of a task at the entrance. */
    enum Entry {
        RUN,
        WAIT_SLOT,
        WAIT_LEASE,
        TURNED_AWAY
    }
}
