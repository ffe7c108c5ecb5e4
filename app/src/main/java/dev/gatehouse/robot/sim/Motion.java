package dev.gatehouse.robot.sim;

import dev.gatehouse.robot.Permit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** One route being driven: the control loop advances it, the executing thread listens. */
final class Motion {
    private final List<Segment> segments;
    private final Permit permit;
    private final long stopsBefore;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean cancelled;
    /** Touched by the control loop only. */
    private int index;

    private int tick;

    /** A motion that any stop after {@code stopsBefore} cuts: the stops that had arrived when its permit was found alive. */
    Motion(List<Segment> segments, Permit permit, long stopsBefore) {
        this.segments = List.copyOf(segments);
        this.permit = permit;
        this.stopsBefore = stopsBefore;
    }

    /** What the executing thread hears. */
    sealed interface Event {
        /** A phase is over. */
        record PhaseOver(int index, World world) implements Event {}

        /** The motion is over. */
        record Over(End end) implements Event {}
    }

    /** How a motion ended. */
    sealed interface End {
        record Finished(World world) implements End {}

        record Cut() implements End {}

        record Pressed() implements End {}

        record Broken(String reason) implements End {}
    }

    /** Whether it must not go on: its permit ended, a stop arrived, or its thread gave up. */
    boolean mustStop(long stops) {
        return cancelled || stops > stopsBefore || !permit.live();
    }

    Segment segment() {
        return segments.get(index);
    }

    /** Begins the next tick and returns its number within the phase. */
    int nextTick() {
        return ++tick;
    }

    /** Ends the phase; true if it was the last. */
    boolean endPhase(World world) {
        events.add(new Event.PhaseOver(index, world));
        index++;
        tick = 0;
        return index == segments.size();
    }

    void end(End end) {
        events.add(new Event.Over(end));
        over.countDown();
    }

    Event next() throws InterruptedException {
        return events.take();
    }

    /** Asks the control loop to cut it at its next tick. */
    void cancel() {
        cancelled = true;
    }

    /** Waits until it is over, interrupted or not: nobody may believe that an arm rests while it moves. */
    void awaitEnd() {
        var interrupted = false;
        while (true) {
            try {
                over.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
