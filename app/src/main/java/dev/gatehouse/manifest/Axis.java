package dev.gatehouse.manifest;

import java.util.Optional;

/** The axis a joint turns about or slides along, in the frame of the link before it. */
public enum Axis {
    X,
    Y,
    Z;

    static Optional<Axis> named(String name) {
        return switch (name) {
            case "x" -> Optional.of(X);
            case "y" -> Optional.of(Y);
            case "z" -> Optional.of(Z);
            default -> Optional.empty();
        };
    }
}
