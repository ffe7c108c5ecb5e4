package dev.gatehouse.manifest;

import java.util.Optional;
import java.util.OptionalDouble;

/** {@code safety.workspace_bounds_m}: the size of the workspace along each axis in metres, not minima and maxima. */
public record WorkspaceExtents(double x, double y, double z) {
    static Optional<WorkspaceExtents> of(Section safety) {
        var list =
                safety.list("workspace_bounds_m").stream().map(Section::number).toList();
        return list.size() == 3 && list.stream().allMatch(OptionalDouble::isPresent)
                ? Optional.of(new WorkspaceExtents(
                        list.get(0).getAsDouble(),
                        list.get(1).getAsDouble(),
                        list.get(2).getAsDouble()))
                : Optional.empty();
    }
}
