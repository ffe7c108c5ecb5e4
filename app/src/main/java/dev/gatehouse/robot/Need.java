package dev.gatehouse.robot;

/** A kind of limit that a capability cannot do without (robot-md.md 10.4). */
public enum Need {
    /** {@code safety.max_joint_velocity_dps}, degrees per second. */
    JOINT_SPEED,
    /** {@code safety.max_linear_velocity_ms} of a base, metres per second. */
    LINEAR_SPEED,
    /** {@code safety.max_tool_velocity_ms}, metres per second; kept if declared, never missing. */
    TOOL_SPEED,
    /** {@code physics.workspace.bounds_mm} or {@code safety.workspace_bounds_m}. */
    WORKSPACE,
    /** {@code safety.payload_kg}. */
    PAYLOAD,
    /** {@code physics.kinematics[].limits_deg}. */
    JOINT_RANGE
}
