package dev.gatehouse.server;

import dev.gatehouse.agent.rehearsal.ScriptLibrary;
import dev.gatehouse.audit.AuditDisk;
import dev.gatehouse.robot.Driver;
import dev.gatehouse.robot.sim.SimFaults;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The parts of the outside world that a demonstration, a test or a measurement holds in its hand; a real server has
 * {@link #real()}.
 *
 * @param faults what goes wrong with the simulated arm
 * @param aroundDriver what is put around the driver; it must pass on every call
 * @param auditDisk where the audit is written
 * @param scripts what a rehearsal answers from; empty for the built-in scripts
 * @param runtime where the Unix socket goes; without one, into the state directory
 */
public record Surroundings(
        SimFaults faults,
        UnaryOperator<Driver> aroundDriver,
        AuditDisk auditDisk,
        Optional<ScriptLibrary> scripts,
        Optional<Path> runtime) {
    /** A sound arm, the machine's own disk, the built-in scripts, the runtime directory of the environment. */
    public static Surroundings real() {
        return new Surroundings(
                new SimFaults(),
                driver -> driver,
                AuditDisk.real(),
                Optional.empty(),
                RuntimeDirectory.of(System.getenv()));
    }

    /** The same with a hand on the faults of the simulated arm. */
    public Surroundings withFaults(SimFaults newFaults) {
        return new Surroundings(newFaults, aroundDriver, auditDisk, scripts, runtime);
    }

    /** The same with something around the driver. */
    public Surroundings withDriver(UnaryOperator<Driver> newAround) {
        return new Surroundings(faults, newAround, auditDisk, scripts, runtime);
    }

    /** The same with another disk under the audit. */
    public Surroundings withAuditDisk(AuditDisk newDisk) {
        return new Surroundings(faults, aroundDriver, newDisk, scripts, runtime);
    }

    /** The same with other scripts for rehearsals. */
    public Surroundings withScripts(ScriptLibrary newScripts) {
        return new Surroundings(faults, aroundDriver, auditDisk, Optional.of(newScripts), runtime);
    }

    /** The same with the Unix socket in this directory. */
    public Surroundings withRuntime(Path directory) {
        return new Surroundings(faults, aroundDriver, auditDisk, scripts, Optional.of(directory));
    }
}
