package dev.gatehouse.server;

import dev.gatehouse.agent.rehearsal.ScriptLibrary;
import dev.gatehouse.audit.AuditDisk;
import dev.gatehouse.robot.sim.SimFaults;
import java.util.Optional;

/**
 * The parts of the outside world that a demonstration or a test holds in its hand; a real server has {@link #real()}.
 *
 * @param faults what goes wrong with the simulated arm
 * @param auditDisk where the audit is written
 * @param scripts what a rehearsal answers from; empty for the built-in scripts
 */
public record Surroundings(SimFaults faults, AuditDisk auditDisk, Optional<ScriptLibrary> scripts) {
    /** A sound arm, the machine's own disk, the built-in scripts. */
    public static Surroundings real() {
        return new Surroundings(new SimFaults(), AuditDisk.real(), Optional.empty());
    }

    /** The same with a hand on the faults of the simulated arm. */
    public Surroundings withFaults(SimFaults newFaults) {
        return new Surroundings(newFaults, auditDisk, scripts);
    }

    /** The same with another disk under the audit. */
    public Surroundings withAuditDisk(AuditDisk newDisk) {
        return new Surroundings(faults, newDisk, scripts);
    }

    /** The same with other scripts for rehearsals. */
    public Surroundings withScripts(ScriptLibrary newScripts) {
        return new Surroundings(faults, auditDisk, Optional.of(newScripts));
    }
}
