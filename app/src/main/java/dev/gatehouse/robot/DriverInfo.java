package dev.gatehouse.robot;

import dev.gatehouse.manifest.Failsafe;
import java.util.List;
import java.util.Set;

/**
 * What a driver says about itself.
 *
 * @param protocols the {@code drivers[].protocol} values it serves
 * @param supportsDryRun whether {@link Driver#plan} is a true check; without it no dry run is offered (robot-md.md 10.6)
 * @param enforces limits it keeps by itself; a needed limit that is not here is refused as {@code limit_unenforced}
 * @param haltHarmlessAtRest whether a stop may be sent to a resting robot to test the channel (threats.md T22.2)
 */
public record DriverInfo(
        String name,
        List<String> protocols,
        boolean simulated,
        boolean supportsDryRun,
        Set<Need> enforces,
        Set<Failsafe> failsafes,
        boolean haltHarmlessAtRest) {
    public DriverInfo {
        protocols = List.copyOf(protocols);
        enforces = Set.copyOf(enforces);
        failsafes = Set.copyOf(failsafes);
    }
}
