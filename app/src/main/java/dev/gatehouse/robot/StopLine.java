package dev.gatehouse.robot;

import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries stops to the hardware on threads of its own: sends at once, repeats until confirmed (D8.4). If a sending hangs for one
 * repetition, a second thread sends past it (T14.3).
 *
 * <p>Each request is a ticket, a number that only grows; what holds for a ticket holds for all before it.
 */
final class StopLine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopLine.class);

    private final StopChannel channel;
    private final Ticker ticker;
    private final long repeatNanos;
    private final Runnable onSent;
    private final Runnable onAck;
    private final AtomicLong requested = new AtomicLong();
    private final AtomicLong issued = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong acked = new AtomicLong();
    private final AtomicLong abandoned = new AtomicLong();
    private final Worker first;
    private final Worker second;
    private volatile long requestedAt;
    private volatile long issuedAt;
    private volatile long ackedAt;
    private volatile long sendingSince;
    private volatile boolean sending;
    private volatile boolean closed;

    /**
     * @param onSent told when a ticket was sent for the first time, or could not be sent within one repetition
     * @param onAck told when the hardware confirmed a ticket
     */
    StopLine(StopChannel channel, Ticker ticker, Duration repeatEvery, Runnable onSent, Runnable onAck) {
        this.channel = channel;
        this.ticker = ticker;
        this.repeatNanos = repeatEvery.toNanos();
        this.onSent = onSent;
        this.onAck = onAck;
        this.first = Worker.start("gatehouse-stop", this::sendUntilSettled);
        this.second = Worker.start("gatehouse-stop-2", this::sendPastHungThread);
    }

    /** Wakes the sending threads and returns the ticket. This is the stop path: no lock, no allocation. */
    long request() {
        requestedAt = ticker.nanoTime();
        var ticket = requested.incrementAndGet();
        first.wake();
        second.wake();
        return ticket;
    }

    /** The newest ticket; 0 before the first. */
    long requested() {
        return requested.get();
    }

    boolean acked(long ticket) {
        return acked.get() >= ticket;
    }

    /** Whether the stop has left the program, or has had one repetition's time to do so. */
    boolean sent(long ticket) {
        return sent.get() >= ticket;
    }

    /** Whether nothing more is to be done for a ticket. */
    boolean settled(long ticket) {
        return acked(ticket) || abandoned.get() >= ticket;
    }

    /** Stops repeating a ticket that was never confirmed: a person cleared the latch by force. */
    void abandon(long ticket) {
        raise(abandoned, ticket);
    }

    /** Times of the newest stop, counted from its request. */
    StopTimes latest() {
        return times(requested.get(), requestedAt);
    }

    /** Times of a stop, counted from the moment given. */
    StopTimes times(long ticket, long since) {
        var hasIssued = issued.get() >= ticket;
        var hasAcked = acked(ticket);
        return new StopTimes(
                hasIssued ? OptionalLong.of(millis(since, issuedAt)) : OptionalLong.empty(),
                hasAcked,
                hasAcked ? OptionalLong.of(millis(since, ackedAt)) : OptionalLong.empty());
    }

    @Override
    public void close() {
        closed = true;
        first.close();
        second.close();
    }

    private void sendUntilSettled() {
        while (!closed && !settled(requested.get())) {
            var next = ticker.nanoTime() + repeatNanos;
            var ticket = requested.get();
            sendingSince = ticker.nanoTime();
            sending = true;
            var delivered = send(ticket);
            sending = false;
            Patience.await(
                    () -> closed || settled(ticket) || requested.get() != ticket || (delivered && confirm(ticket)),
                    next,
                    ticker);
        }
    }

    private void sendPastHungThread() {
        var hung = false;
        while (!closed && !settled(requested.get())) {
            var next = ticker.nanoTime() + repeatNanos;
            var ticket = requested.get();
            // Whoever sends also looks for the confirmation: a hung sender can do neither.
            var delivered = hung && send(ticket);
            Patience.await(() -> closed || settled(ticket) || (delivered && confirm(ticket)), next, ticker);
            markSent(ticket);
            hung = sending && ticker.nanoTime() - sendingSince >= repeatNanos / 2;
        }
    }

    /** False if the channel failed; {@link StopChannel#halted()} would then speak of an earlier stop. */
    private boolean send(long ticket) {
        if (issued.get() < ticket) {
            issuedAt = ticker.nanoTime();
            raise(issued, ticket);
        }
        try {
            channel.halt();
        } catch (RuntimeException | Error e) {
            LOG.error("a stop could not be sent; it is repeated", e);
            markSent(ticket);
            return false;
        }
        markSent(ticket);
        confirm(ticket);
        return true;
    }

    private void markSent(long ticket) {
        if (raise(sent, ticket)) {
            onSent.run();
        }
    }

    private boolean confirm(long ticket) {
        if (!halted()) {
            return false;
        }
        if (!acked(ticket)) {
            ackedAt = ticker.nanoTime();
            if (raise(acked, ticket)) {
                onAck.run();
            }
        }
        return true;
    }

    private boolean halted() {
        try {
            return channel.halted();
        } catch (RuntimeException | Error e) {
            LOG.error("the stop channel cannot say whether the robot halted", e);
            return false;
        }
    }

    private static boolean raise(AtomicLong value, long to) {
        return value.getAndAccumulate(to, Math::max) < to;
    }

    private static long millis(long from, long to) {
        return Math.max(0, to - from) / 1_000_000;
    }
}
