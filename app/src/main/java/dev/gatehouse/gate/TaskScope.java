package dev.gatehouse.gate;

import dev.gatehouse.time.Deadline;
import dev.gatehouse.tool.Effect;
import java.time.Duration;
import java.util.Optional;

/** What the gate must know of the task a call belongs to, and where it reports what it decided. */
public interface TaskScope {
    String taskId();

    /** The strongest effect the order asked for; no call of the task may exceed it. */
    Effect ceiling();

    /** Generation of the lease the task holds, if it may move the robot. */
    Optional<Long> leaseGeneration();

    /** Fingerprint of the model key that pays, for the audit. */
    Optional<String> keyFingerprint();

    /** Hash of the manifest the task started with; a different one refuses actuation (threats.md T2.2). */
    String manifestSha256();

    /** What the operator allows to this task: what the policy did when it began, and no more than the one in force does (6.3). */
    Policy policy();

    /** When the task must be over. */
    Deadline deadline();

    /** How long a call may wait for a person. */
    Duration approvalWait();

    /** Whether a cause to stop exists or the task is over: then only a stop is let through (engines.md E1.3). */
    boolean ending();

    /** Learns that the robot was stopped under a call of this task, which ends it before anything else is tried. */
    void robotStopped();

    /** Takes note of what happened at the gate. */
    void witness(GateEvent event);
}
