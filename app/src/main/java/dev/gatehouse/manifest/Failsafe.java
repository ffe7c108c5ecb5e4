package dev.gatehouse.manifest;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** {@code safety.failsafe_behavior}: what the body does when its heartbeat or its backend is lost (robot-md.md 10.4). */
public enum Failsafe {
    STOP,
    HOLD,
    /** Only if the backend offers it, otherwise stop. */
    HOME,
    /** Only if the backend offers it, otherwise stop. */
    CUSTOM;

    static Optional<Failsafe> named(String name) {
        return Arrays.stream(values())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }
}
