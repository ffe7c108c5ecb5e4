package dev.gatehouse.robot;

/** What a robot can do by itself when it loses its master: {@code safety.failsafe_behavior} (robot-md.md 10.4). */
public enum Failsafe {
    STOP,
    HOLD,
    HOME,
    CUSTOM
}
