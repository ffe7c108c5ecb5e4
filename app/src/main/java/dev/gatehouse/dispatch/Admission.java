package dev.gatehouse.dispatch;

import dev.gatehouse.gate.ActuateLease;
import dev.gatehouse.tool.Effect;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * Who may run now and who waits: a number of slots, and one lease for whoever may move the robot. First in, first out;
 * a task that only looks does not wait for the lease (D9.4 to D9.6).
 */
final class Admission {
    private final IntSupplier slots;
    private final IntSupplier maxQueue;
    private final ActuateLease lease;
    private final Deque<LiveTask> queue = new ArrayDeque<>();
    private final Set<LiveTask> running = new HashSet<>();

    Admission(IntSupplier slots, IntSupplier maxQueue, ActuateLease lease) {
        this.slots = slots;
        this.maxQueue = maxQueue;
        this.lease = lease;
    }

    /** Why an order that does not wait would be turned away now. */
    synchronized Optional<Refusal> obstacle(Order order) {
        if (order.queue()) {
            return queue.size() >= maxQueue.getAsInt()
                    ? Optional.of(Refusal.later(Refusal.Code.NO_CAPACITY, "the queue is full", 5))
                    : Optional.empty();
        }
        if (order.effect() == Effect.ACTUATE && lease.holder().isPresent()) {
            return Optional.of(Refusal.later(Refusal.Code.BUSY, "another task holds the actuate lease", 5));
        }
        return running.size() >= slots.getAsInt()
                ? Optional.of(Refusal.later(Refusal.Code.NO_CAPACITY, "all task slots are in use", 5))
                : Optional.empty();
    }

    /** Takes what the task needs, or puts it into the queue. */
    synchronized Entry enter(LiveTask task) {
        if (!overtakes(task) && take(task)) {
            return Entry.RUN;
        }
        if (!task.order().queue() || queue.size() >= maxQueue.getAsInt()) {
            return Entry.TURNED_AWAY;
        }
        queue.add(task);
        return running.size() >= slots.getAsInt() ? Entry.WAIT_SLOT : Entry.WAIT_LEASE;
    }

    /** Whether somebody who came earlier waits for the same thing. */
    private boolean overtakes(LiveTask task) {
        return queue.stream()
                .anyMatch(waiting -> waiting.order().effect() != Effect.ACTUATE
                        || task.order().effect() == Effect.ACTUATE);
    }

    /**
     * Gives back what a task holds and takes it out of the queue; harmless when repeated.
     *
     * @return tasks that hold what they need now and must be started
     */
    synchronized List<LiveTask> leave(LiveTask task) {
        queue.remove(task);
        if (running.remove(task)) {
            task.lease().ifPresent(lease::release);
        }
        return promote();
    }

    /** Lets in who can go now: a slot or the lease became free. */
    synchronized List<LiveTask> promote() {
        var next = new ArrayList<LiveTask>();
        if (running.size() >= slots.getAsInt()) {
            // Looking through a long queue for nothing, each time a waiting task is canceled, adds up.
            return next;
        }
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

    /** Who is here and who waits, among tasks in these states. */
    synchronized Census census(LiveTasks live) {
        return new Census(
                live.states(),
                running.size(),
                slots.getAsInt(),
                queue.size(),
                maxQueue.getAsInt(),
                live.ended().byState(),
                live.ended().spentMicros());
    }

    private boolean take(LiveTask task) {
        if (running.size() >= slots.getAsInt()) {
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
