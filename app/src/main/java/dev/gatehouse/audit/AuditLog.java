package dev.gatehouse.audit;

import dev.gatehouse.audit.AuditHealth.State;
import dev.gatehouse.time.Deadline;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The open audit log of one process (dispatcher.md section 14).
 *
 * <p>{@link #write} is for what must be on disk before the next step; {@link #note} is for what must not wait, such as the record of a stop.
 * Both may be called from any thread. Records get their numbers in the order in which they reach the writer thread.
 */
public final class AuditLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    /** Longest park before the ticker is asked again; it decides alone, and a test may move it while we are parked. */
    private static final long PARK_MILLIS = 50;

    private final AuditSettings settings;
    private final FileChannel lock;
    private final boolean broken;
    private final Outages outages = new Outages();
    private final AuditTally tally = new AuditTally();
    private final WriteQueue queue;
    private final Committer committer;
    private final HeadKeeper head;
    private final AuditReader reader;
    private final Thread writer;
    private final Thread signer;
    private final Thread clock;
    private volatile boolean closed;

    private AuditLog(AuditSettings settings, FileChannel lock, Recovery.Start start) {
        this.settings = settings;
        this.lock = lock;
        this.broken = start.broken();
        this.queue = new WriteQueue(settings.noteBytes());
        this.committer = new Committer(settings, queue, outages, start.segment(), start.last(), this::headDue);
        this.head = new HeadKeeper(settings, start.key(), committer::position, start.signed());
        this.reader = new AuditReader(settings.directory());
        this.writer = Thread.ofPlatform().name("audit-writer").daemon().unstarted(committer);
        this.signer = Thread.ofPlatform().name("audit-head").daemon().unstarted(head);
        this.clock = Thread.ofVirtual().name("audit-clock").unstarted(this::tick);
        start.report().ifPresent(report -> {
            LOG.warn("audit log recovered: {}", report);
            note(AuditEntry.of(AuditEvent.AUDIT_RECOVERED).with("recovered", report));
        });
    }

    /**
     * Opens a directory, recovers its last record (D14.9) and starts the threads.
     *
     * @throws IOException if the directory cannot be used, belongs to another open log, or its key files are missing, malformed or readable
     *     by others
     */
    public static AuditLog open(AuditSettings settings) throws IOException {
        var directory = settings.directory();
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        var lock = lock(directory.resolve("lock"));
        try {
            var log = new AuditLog(settings, lock, Recovery.run(settings));
            log.writer.start();
            log.signer.start();
            log.clock.start();
            return log;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Appends a record and returns its number when it would survive power loss.
     *
     * <p>Waits at most {@link AuditSettings#PATIENCE}. An interrupt does not end the wait, because its caller has to know whether the record is
     * there; the thread's interrupt status is kept.
     *
     * @throws AuditUnavailableException if it is not known to be durable; the log is then degraded. Should the record reach the disk
     *     nevertheless, an {@code audit_degraded} record names its number under {@code late}
     */
    public long write(AuditEntry entry) throws AuditUnavailableException {
        var state = health();
        if (!state.ok()) {
            throw new AuditUnavailableException(state.reason());
        }
        var answer = new CompletableFuture<Long>();
        var deadline = Deadline.in(AuditSettings.PATIENCE, settings.ticker());
        if (!queue.offer(Pending.durable(draft(entry), answer))) {
            throw new AuditUnavailableException("closed");
        }
        return await(answer, deadline);
    }

    /**
     * Appends a record without waiting for the disk and never fails. If too many wait already, this one is lost and counted, and an
     * {@code audit_degraded} record tells how many.
     */
    public void note(AuditEntry entry) {
        if (!queue.offerNote(draft(entry), entry.event().mayUseReserve())) {
            outages.lostNote();
        }
    }

    /** The state now; also notices a write that has been going on for too long. */
    public AuditHealth health() {
        if (committer.stalled()) {
            stalled();
        }
        var outage = outages.reason();
        var last = lastSeq();
        if (broken) {
            return new AuditHealth(State.BROKEN, "chain_broken", last, head.signed(), outages.lost());
        }
        if (closed) {
            return new AuditHealth(State.DEGRADED, "closed", last, head.signed(), outages.lost());
        }
        var state = outage.isPresent() ? State.DEGRADED : State.OK;
        return new AuditHealth(state, outage.orElse("none"), last, head.signed(), outages.lost());
    }

    /** Number of the last durable record, 0 if there is none. */
    public long lastSeq() {
        return committer.position().link().seq();
    }

    /** How many records wait for the writer thread to take them. */
    int waiting() {
        return queue.size();
    }

    /**
     * Durable records with numbers greater than {@code after}; see {@link AuditReader#read(long, int)}.
     *
     * @throws IOException if a segment cannot be read
     */
    public List<JsonNode> read(long after, int limit) throws IOException {
        return reader.read(after, limit, lastSeq());
    }

    /**
     * The same records, checked; see {@link AuditPage}.
     *
     * @throws IOException if a segment cannot be read
     */
    public AuditPage page(long after, int limit) throws IOException {
        var before = after == 0 ? Optional.<JsonNode>empty() : reader.find(after);
        return AuditPage.of(before, after, read(after, limit), health());
    }

    /** How many records were asked for since the log was opened, by what they have in common. */
    public Map<AuditKind, Long> counts() {
        return tally.counts();
    }

    /**
     * See {@link AuditReader#openIntents}.
     *
     * @throws IOException if a segment cannot be read
     */
    public OpenIntents openIntents(long from) throws IOException {
        return reader.openIntents(from);
    }

    /** Writes what waits, signs the head and ends the threads; gives a disk that hangs 5 s for each. Harmless when repeated. */
    @Override
    public void close() throws IOException {
        closed = true;
        clock.interrupt();
        queue.close();
        join(writer);
        head.close();
        join(signer);
        if (!writer.isAlive()) {
            // Otherwise it may still come back from the disk and write: the lock then ends with the process.
            lock.close();
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        var channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // The same process holds it; the answer is the same.
            LOG.debug("audit directory is locked by this process");
        }
        channel.close();
        throw new IOException("the audit directory is in use by another log");
    }

    private long await(CompletableFuture<Long> answer, Deadline deadline) throws AuditUnavailableException {
        var interrupted = false;
        try {
            while (true) {
                try {
                    var left = TimeUnit.NANOSECONDS.toMillis(deadline.left().toNanos()) + 1;
                    return answer.get(Math.min(left, PARK_MILLIS), TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    // Giving up and becoming durable race for the answer: exactly one of them wins.
                    if (deadline.passed() && answer.completeExceptionally(new AuditUnavailableException("stalled"))) {
                        stalled();
                    }
                } catch (ExecutionException e) {
                    throw unavailable(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static AuditUnavailableException unavailable(ExecutionException e) {
        // A new exception, so that the stack is the caller's.
        return new AuditUnavailableException(
                e.getCause() instanceof AuditUnavailableException cause ? cause.reason() : "write_failed");
    }

    private void stalled() {
        if (outages.began("stalled", settings.clock().instant())) {
            LOG.error("audit log takes too long, actuation is refused");
        }
    }

    private void headDue() {
        head.dueByCount();
    }

    private void tick() {
        try {
            while (!closed) {
                settings.ticker().sleep(AuditSettings.HEAD_INTERVAL);
                head.due();
                if (outages.report().isPresent()) {
                    queue.nudge();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Draft draft(AuditEntry entry) {
        tally.count(entry);
        return Draft.of(entry, settings.clock().instant(), settings.boot(), settings.redact());
    }

    private static void join(Thread thread) {
        var interrupted = false;
        var end = System.nanoTime() + CLOSE_PATIENCE.toNanos();
        for (var left = CLOSE_PATIENCE.toNanos(); left > 0 && thread.isAlive(); left = end - System.nanoTime()) {
            try {
                if (!thread.join(Duration.ofNanos(left))) {
                    LOG.error("{} did not end in time", thread.getName());
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
