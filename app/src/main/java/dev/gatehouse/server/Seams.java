package dev.gatehouse.server;

import dev.gatehouse.audit.AuditDisk;
import dev.gatehouse.robot.Driver;
import dev.gatehouse.robot.sim.SimFaults;
import java.util.function.UnaryOperator;

/**
 * Where a demonstration, a test or a measurement may put its hand between a server and its machine.
 *
 * @param faults faults of the simulated arm
 * @param aroundDriver what is put around the driver; it must pass on every call
 * @param auditDisk what the audit is written with
 */
public record Seams(SimFaults faults, UnaryOperator<Driver> aroundDriver, AuditDisk auditDisk) {
    /** A server as operators run it. */
    public static Seams none() {
        return new Seams(new SimFaults(), driver -> driver, AuditDisk.real());
    }

    public Seams withFaults(SimFaults newFaults) {
        return new Seams(newFaults, aroundDriver, auditDisk);
    }

    public Seams withDriver(UnaryOperator<Driver> newAround) {
        return new Seams(faults, newAround, auditDisk);
    }

    public Seams withAuditDisk(AuditDisk newDisk) {
        return new Seams(faults, aroundDriver, newDisk);
    }
}
