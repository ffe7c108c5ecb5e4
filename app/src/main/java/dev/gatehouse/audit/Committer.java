package dev.gatehouse.audit;

import dev.gatehouse.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer thread: takes all records that wait, links them, and makes them durable with one write and one force (D14.1).
 *
 * <p>It alone knows the end of the chain and touches the open segment. While the disk fails it keeps the notes and tries again when nudged.
 */
final class Committer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    private final AuditSettings settings;
    private final WriteQueue queue;
    private final Outages outages;
    private final SegmentWriter segment;
    private final Runnable headDue;
    private final Clock clock;
    private final Ticker ticker;

    private final ArrayDeque<Pending> carry = new ArrayDeque<>();
    private volatile Position position;
    private volatile @Nullable Long busySince;
    private long announced;

    /** The end of the durable log: its last record and its length over all segments. */
    record Position(Link link, long bytes) {}

    /** @param headDue told each time another {@value AuditSettings#HEAD_RECORDS} records are durable; must not block */
    Committer(
            AuditSettings settings,
            WriteQueue queue,
            Outages outages,
            SegmentWriter segment,
            Link last,
            Runnable headDue) {
        this.settings = settings;
        this.queue = queue;
        this.outages = outages;
        this.segment = segment;
        this.headDue = headDue;
        this.clock = settings.clock();
        this.ticker = settings.ticker();
        this.position = new Position(last, segment.total());
        this.announced = last.seq();
    }

    Position position() {
        return position;
    }

    /** Whether a write has been going on for longer than {@link AuditSettings#PATIENCE}. */
    boolean stalled() {
        var since = busySince;
        return since != null && ticker.nanoTime() - since > AuditSettings.PATIENCE.toNanos();
    }

    @Override
    public void run() {
        var closed = false;
        while (!closed) {
            var taken = queue.take(outages::out);
            carry.addAll(taken.records());
            closed = taken.closed();
            commitAll();
        }
        try {
            segment.close();
        } catch (IOException e) {
            LOG.error("audit segment did not close: {}", e.toString());
        }
    }

    private void commitAll() {
        var goOn = true;
        while (goOn && (!carry.isEmpty() || outages.report().isPresent())) {
            goOn = commit();
        }
        if (!goOn) {
            refuseWaiting();
        }
    }

    /** One group commit; false if the disk failed or was too slow, so that the next attempt waits for a nudge. */
    private boolean commit() {
        var report = outages.report();
        var lines = new ByteArrayOutputStream();
        var batch = new ArrayList<Pending>();
        var last = position.link();
        if (segment.length() >= settings.rotateBytes() && !rotated(last)) {
            return false;
        }
        if (segment.continues()) {
            batch.add(own(AuditEntry.of(AuditEvent.AUDIT_ROTATE)));
        }
        report.ifPresent(
                r -> batch.add(own(AuditEntry.of(AuditEvent.AUDIT_DEGRADED).with("degraded", r.json()))));
        for (var pending : batch) {
            last = append(pending, last, lines);
        }
        while (!carry.isEmpty() && lines.size() < AuditSettings.BATCH_BYTES) {
            var pending = carry.remove();
            if (!pending.givenUp()) {
                batch.add(pending);
                last = append(pending, last, lines);
            }
        }
        return batch.isEmpty() || written(batch, lines, last, report);
    }

    private boolean written(
            List<Pending> batch, ByteArrayOutputStream lines, Link last, Optional<Outages.Report> report) {
        var first = position.link().seq() + 1;
        var started = ticker.nanoTime();
        busySince = started;
        try {
            segment.write(ByteBuffer.wrap(lines.toByteArray()));
        } catch (IOException e) {
            failed(batch, e);
            return false;
        } finally {
            busySince = null;
        }
        position = new Position(last, segment.total());
        queue.release(batch);
        var fast = ticker.nanoTime() - started <= AuditSettings.PATIENCE.toNanos();
        if (report.isPresent() && outages.reported(report.get(), fast)) {
            LOG.warn("audit log writes again");
        }
        if (!fast && began("stalled")) {
            LOG.error("audit log is too slow, actuation is refused");
        }
        answer(batch, first);
        if (last.seq() - announced >= AuditSettings.HEAD_RECORDS) {
            announced = last.seq();
            headDue.run();
        }
        return fast;
    }

    private void answer(List<Pending> batch, long first) {
        var seq = first;
        for (var pending : batch) {
            if (pending.answer().isPresent() && !pending.answer().get().complete(seq)) {
                outages.late(seq);
            }
            seq++;
        }
    }

    private void failed(List<Pending> batch, IOException cause) {
        // The text of the exception may name a path; the log file is the operator's, the reason code is everybody's.
        if (began("write_failed")) {
            LOG.error("audit log cannot be written, actuation is refused: {}", cause.toString());
        }
        for (var pending : batch.reversed()) {
            if (pending.noteBytes() > 0) {
                carry.addFirst(pending);
            } else {
                refuse(pending);
            }
        }
    }

    private boolean rotated(Link last) {
        try {
            segment.rotate(last.seq() + 1);
            return true;
        } catch (IOException e) {
            failed(List.of(), e);
            return false;
        }
    }

    /** Answers those who wait behind a failed write at once; they would only run into their time limit. */
    private void refuseWaiting() {
        carry.addAll(queue.poll().records());
        for (var pending : List.copyOf(carry)) {
            refuse(pending);
        }
        carry.removeIf(pending -> pending.answer().isPresent());
    }

    private void refuse(Pending pending) {
        var reason = outages.reason().orElse("write_failed");
        pending.answer().ifPresent(answer -> answer.completeExceptionally(new AuditUnavailableException(reason)));
    }

    private boolean began(String reason) {
        return outages.began(reason, clock.instant());
    }

    private Link append(Pending pending, Link previous, ByteArrayOutputStream lines) {
        var line = pending.draft().after(previous);
        lines.writeBytes(line.bytes());
        return line.link();
    }

    /** A record of the log's own; it is made anew for each attempt. */
    private Pending own(AuditEntry entry) {
        return Pending.own(Draft.of(entry, clock.instant(), settings.boot(), UnaryOperator.identity()));
    }
}
