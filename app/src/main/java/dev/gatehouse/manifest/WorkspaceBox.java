package dev.gatehouse.manifest;

import java.util.Optional;

/** {@code physics.workspace.bounds_mm}: where the tool or the base may be, in millimetres in the base frame. */
public record WorkspaceBox(Range x, Range y, Range z) {
    /** The box, if all three axes are declared. */
    static Optional<WorkspaceBox> of(Section bounds) {
        return bounds.range("x")
                .flatMap(x -> bounds.range("y").flatMap(y -> bounds.range("z").map(z -> new WorkspaceBox(x, y, z))));
    }

    public boolean contains(double xMm, double yMm, double zMm) {
        return x.contains(xMm) && y.contains(yMm) && z.contains(zMm);
    }
}
