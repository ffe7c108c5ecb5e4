package dev.gatehouse.robot;

import dev.gatehouse.manifest.Range;

/** A region in millimetres, borders included; if some minimum exceeds its maximum nothing is inside. */
public record Box(Range x, Range y, Range z) {
    public boolean contains(Point p) {
        return x.contains(p.x()) && y.contains(p.y()) && z.contains(p.z());
    }

    /** What lies in both. */
    public Box intersection(Box other) {
        return new Box(x.intersection(other.x), y.intersection(other.y), z.intersection(other.z));
    }
}
