package dev.gatehouse.gate;

import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A task as the gate sees it, in the hands of a test. */
final class Scope implements TaskScope {
    final List<GateEvent> events = new CopyOnWriteArrayList<>();
    volatile String taskId = "tsk-1";
    volatile Effect ceiling = Effect.ACTUATE;
    volatile Optional<Long> leaseGeneration = Optional.empty();
    volatile boolean ending;
    private final String manifestSha256;
    private final Policy begunUnder;
    private final GateBench bench;
    private final Deadline deadline;

    Scope(GateBench bench) {
        this(bench, bench.ticker);
    }

    Scope(GateBench bench, Ticker ticker) {
        this.manifestSha256 = bench.manifest.pin();
        this.begunUnder = bench.policy;
        this.bench = bench;
        this.deadline = Deadline.in(Duration.ofMinutes(10), ticker);
    }

    /** The same task holding the lease. */
    Scope withLease(ActuateLease lease) {
        leaseGeneration = lease.take(taskId).map(ActuateLease.Grant::generation);
        return this;
    }

    @Override
    public String taskId() {
        return taskId;
    }

    @Override
    public Effect ceiling() {
        return ceiling;
    }

    @Override
    public Optional<Long> leaseGeneration() {
        return leaseGeneration;
    }

    @Override
    public Optional<String> keyFingerprint() {
        return Optional.of("0123456789ab");
    }

    @Override
    public String manifestSha256() {
        return manifestSha256;
    }

    @Override
    public Policy policy() {
        return begunUnder.and(bench.policy);
    }

    @Override
    public Deadline deadline() {
        return deadline;
    }

    @Override
    public Duration approvalWait() {
        return Duration.ofMinutes(5);
    }

    @Override
    public boolean ending() {
        return ending;
    }

    @Override
    public void robotStopped() {
        ending = true;
    }

    @Override
    public void witness(GateEvent event) {
        events.add(event);
    }
}
