package dev.gatehouse.robot;

import dev.gatehouse.id.Ids;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one stop. A stop sets the latch word, wakes the threads of the {@link StopLine}, and only then thinks about disk, records
 * and listeners (D8.2). The latch outlives the process (D8.6) and is opened by {@link #clear} alone (D8.10).
 */
public final class Interlock implements AutoCloseable {
    /** Who asked, where no caller did. */
    public static final String SELF = "gatehouse";

    private final LatchWord word = new LatchWord();
    private final AtomicReference<@Nullable Latch> latch = new AtomicReference<>();
    private final ReentrantLock clearing = new ReentrantLock();
    private final LatchStore store;
    private final StopChannel channel;
    private final Supplier<StopSettings> settings;
    private final Ticker ticker;
    private final Clock clock;
    private final Ids ids;
    private final StopLine line;
    private final LatchRecorder recorder;
    private final StopHerald herald;
    private final Worker escalator;
    private final List<String> escalated = new CopyOnWriteArrayList<>();
    /** The id of the next latch: minted ahead, because a random source may block. */
    private volatile String nextId;

    /** A latch as this process knows it; {@code cycle} ties it to the word. */
    private record Latch(long cycle, LatchState state, long ticket) {}

    private Interlock(
            LatchStore store,
            StopChannel channel,
            Ticker ticker,
            Clock clock,
            Ids ids,
            Supplier<StopSettings> settings) {
        this.store = store;
        this.channel = channel;
        this.settings = settings;
        this.ticker = ticker;
        this.clock = clock;
        this.ids = ids;
        this.nextId = ids.mint(Ids.Kind.LATCH);
        this.recorder = new LatchRecorder(store, ticker, this::due);
        this.herald = new StopHerald();
        this.line = new StopLine(
                channel, ticker, settings.get().repeatEvery(), recorder::wake, () -> herald.confirmed(this::report));
        this.escalator = Worker.start("gatehouse-escalation", this::escalate);
    }

    /**
     * Starts the threads and takes over the latch of the last run. If that is set or cannot be read, the interlock starts
     * latched and stops the robot (D8.6).
     *
     * @param settings asked again for each stop; the time between two sendings stays what it was first
     */
    public static Interlock open(
            LatchStore store,
            StopChannel channel,
            Ticker ticker,
            Clock clock,
            Ids ids,
            Supplier<StopSettings> settings) {
        var interlock = new Interlock(store, channel, ticker, clock, ids, settings);
        interlock.follow();
        return interlock;
    }

    /** Whether anything may move, and if so the leave to move once. One volatile read. */
    public Admission admit() {
        var now = word.read();
        return LatchWord.latched(now)
                ? new Admission.Latched(stateOf(now))
                : new Admission.Admitted(new Permit(word, now));
    }

    /**
     * Stops the robot and latches. Returns when the hardware has confirmed and the latch is on disk, or after the time for a
     * confirmation. Harmless when repeated: the same latch, and the stop is sent again (D8.3).
     *
     * @param by who asks, such as a credential's name; longer texts are cut, never refused
     */
    public StopReport stop(String by, String reason) {
        var since = ticker.nanoTime();
        var closedIt = word.latch();
        var ticket = line.request();
        escalator.wake();
        if (closedIt) {
            publish(nextId, by, reason, ticket);
        }
        Patience.await(() -> line.acked(ticket) && persisted(), since + ackNanos(), ticker);
        return tell(ticket, since, !closedIt, by, reason);
    }

    /**
     * Ends every permit and stops the robot without latching: cancel, disconnect, manifest change. If the hardware does not
     * confirm in time, the full latch is set (D11.3, T16.9).
     */
    public StopReport protectiveStop(String reason) {
        var since = ticker.nanoTime();
        word.endPermits();
        var ticket = line.request();
        escalator.wake();
        if (!Patience.await(() -> line.settled(ticket), since + ackNanos(), ticker)) {
            latchUnconfirmed(ticket);
        }
        return tell(ticket, since, false, SELF, reason);
    }

    /**
     * Opens the latch for a person who has that right (D8.9). Nothing starts or resumes by it.
     *
     * @param latchId the latch the person saw
     * @param force clear although the hardware never confirmed the stop
     * @param beforeOpening makes the audit record durable; only then the latch opens
     */
    public ClearOutcome clear(String latchId, String by, String reason, boolean force, DurableRecord beforeOpening) {
        clearing.lock();
        try {
            var seen = word.read();
            if (!LatchWord.latched(seen)) {
                return new ClearOutcome.NotLatched();
            }
            var current = latch.get();
            if (current == null
                    || current.cycle() != LatchWord.cycle(seen)
                    || !current.state().latchId().equals(latchId)) {
                return new ClearOutcome.LatchChanged(stateOf(seen));
            }
            var ticket = line.requested();
            if (!line.acked(ticket) && !force) {
                return new ClearOutcome.StopUnacked();
            }
            var refusal = channel.release();
            if (refusal.isPresent()) {
                return new ClearOutcome.RobotRefused(refusal.get());
            }
            return open(seen, current, ticket, beforeOpening);
        } finally {
            clearing.unlock();
        }
    }

    /** Which latching was the latest: a number that is another one after the latch was set again. One volatile read. */
    public long latchings() {
        return LatchWord.cycle(word.read());
    }

    /** The latch, the latest stop, and what was done about it. */
    public InterlockState state() {
        var now = word.read();
        return new InterlockState(
                LatchWord.latched(now) ? Optional.of(stateOf(now)) : Optional.empty(),
                line.requested() == 0 ? Optional.empty() : Optional.of(line.latest()),
                escalated,
                persisted());
    }

    /**
     * Tells of every stop, after it, on a thread of its own that may block: once when {@link #stop} returns, again when
     * escalations have run, and again when the hardware confirms late.
     */
    public void onStop(Consumer<StopReport> listener) {
        herald.add(listener);
    }

    /** Ends the threads. A latch stays set on disk. */
    @Override
    public void close() {
        line.close();
        escalator.close();
        recorder.close();
        herald.close();
    }

    /**
     * Takes over what another process of this host did to the shared latch (robot-md.md 10.7): a latch it set stops this
     * process too; a clearing of the latch that is set here opens it; a file that vanished or is unreadable opens nothing.
     */
    void follow() {
        clearing.lock();
        try {
            switch (store.read()) {
                case StoredLatch.Latched stored -> adopt(stored.latch());
                case StoredLatch.Unreadable _ -> adoptUnreadable();
                case StoredLatch.Open open -> followOpen(open);
            }
        } finally {
            clearing.unlock();
        }
    }

    private void adopt(LatchState stored) {
        if (!LatchWord.latched(word.read())) {
            latchBecause(stored);
            return;
        }
        // Two processes stopped at once: all of them go by the id that is in the file, so that one clearing is enough.
        var current = latch.get();
        if (current != null
                && recorder.holds(current.state().latchId())
                && latch.compareAndSet(current, new Latch(current.cycle(), stored, current.ticket()))) {
            recorder.assume(stored.latchId());
        }
    }

    private void adoptUnreadable() {
        if (!LatchWord.latched(word.read())) {
            latchBecause(new LatchState(nextId, clock.instant(), SELF, "the latch file is unreadable"));
        }
    }

    /** Latches for what the file says. It is not written again: an unreadable one is evidence and latches the next start too. */
    private void latchBecause(LatchState state) {
        if (word.latch()) {
            var ticket = line.request();
            escalator.wake();
            recorder.assume(state.latchId());
            latch.set(new Latch(LatchWord.cycle(word.read()), state, ticket));
        }
    }

    private void followOpen(StoredLatch.Open open) {
        var seen = word.read();
        var current = latch.get();
        if (!LatchWord.latched(seen) || current == null || current.cycle() != LatchWord.cycle(seen)) {
            return;
        }
        var id = current.state().latchId();
        if (!recorder.holds(id)) {
            return;
        }
        if (open.cleared().equals(Optional.of(id)) && line.acked(line.requested())) {
            recorder.assume("");
            reopen(seen, current);
        } else {
            recorder.assume("");
            recorder.wake();
        }
    }

    private ClearOutcome open(long seen, Latch current, long ticket, DurableRecord beforeOpening) {
        var id = current.state().latchId();
        var recorded = false;
        try {
            beforeOpening.write();
            recorder.clear(id);
            recorded = true;
        } catch (IOException e) {
            return new ClearOutcome.RecordFailed();
        } finally {
            if (!recorded) {
                // The robot was released for nothing: hold it again, and bring the latch back to disk if it left.
                line.request();
                escalator.wake();
                recorder.wake();
            }
        }
        line.abandon(ticket);
        if (!reopen(seen, current)) {
            recorder.wake();
            return new ClearOutcome.LatchChanged(stateOf(word.read()));
        }
        return new ClearOutcome.Cleared(id, clock.instant());
    }

    private boolean reopen(long seen, Latch current) {
        nextId = ids.mint(Ids.Kind.LATCH);
        if (!word.open(seen)) {
            return false;
        }
        escalated.clear();
        herald.forget();
        latch.compareAndSet(current, null);
        return true;
    }

    private void publish(String id, String by, String reason, long ticket) {
        latch.set(new Latch(LatchWord.cycle(word.read()), new LatchState(id, clock.instant(), by, reason), ticket));
        recorder.wake();
    }

    private void latchUnconfirmed(long ticket) {
        if (!LatchWord.latched(word.read()) && word.latch()) {
            publish(nextId, SELF, "a stop was not confirmed by the robot", ticket);
        }
    }

    /** On its own thread: whatever became of who asked, an unconfirmed stop escalates (D8.4, T14.4). */
    private void escalate() {
        var ticket = line.requested();
        var until = ticker.nanoTime() + ackNanos();
        if (Patience.await(() -> line.settled(ticket), until, ticker)) {
            return;
        }
        latchUnconfirmed(ticket);
        var escalations = settings.get().escalations();
        for (var escalation : escalations) {
            if (line.settled(ticket)) {
                break;
            }
            Escalating.run(escalation, ticker);
            escalated.add(escalation.name());
        }
        if (!escalations.isEmpty()) {
            herald.tell(report(line.latest(), true, SELF, "escalated: the stop was not confirmed"));
        }
    }

    private StopReport tell(long ticket, long since, boolean repeated, String by, String reason) {
        var report = report(line.times(ticket, since), repeated, by, reason);
        herald.tell(report);
        if (!report.stop().acked() && line.acked(ticket)) {
            // Confirmed between looking and telling.
            herald.confirmed(this::report);
        }
        return report;
    }

    private StopReport report() {
        return report(line.latest(), true, SELF, "the robot confirmed the stop late");
    }

    private StopReport report(StopTimes times, boolean repeated, String by, String reason) {
        var now = state();
        return new StopReport(now.latch(), repeated, by, reason, times, now.persisted(), now.escalated());
    }

    /** The latch that belongs to a latched word; provisional for the instant between setting the word and naming the latch. */
    private LatchState stateOf(long latched) {
        var current = latch.get();
        return current != null && current.cycle() == LatchWord.cycle(latched)
                ? current.state()
                : new LatchState(nextId, clock.instant(), SELF, "just now");
    }

    /** What is to be written: a latch that is set, and whose stop is already on its way. */
    private @Nullable LatchState due() {
        var now = word.read();
        var current = latch.get();
        return LatchWord.latched(now)
                        && current != null
                        && current.cycle() == LatchWord.cycle(now)
                        && line.sent(current.ticket())
                ? current.state()
                : null;
    }

    private boolean persisted() {
        var now = word.read();
        var current = latch.get();
        return !LatchWord.latched(now)
                || (current != null
                        && current.cycle() == LatchWord.cycle(now)
                        && recorder.holds(current.state().latchId()));
    }

    private long ackNanos() {
        return settings.get().ackWithin().toNanos();
    }
}
