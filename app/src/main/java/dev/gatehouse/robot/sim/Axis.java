package dev.gatehouse.robot.sim;

/** What a joint turns about, in its own frame: x along the link, z up when the arm lies flat. */
public enum Axis {
    /** Rolls about the link. */
    X,
    /** Pitches; a positive angle raises the link. */
    Y,
    /** Yaws; a positive angle turns to the left. */
    Z
}
