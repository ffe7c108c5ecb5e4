package dev.gatehouse.manifest;

import java.util.Set;

/** What kind of thing an operation does to the world, which decides the gates it must pass (robot-md.md 10.2). */
public enum OperationClass {
    /** Looks at the robot's own state and changes nothing. */
    READ_ONLY,
    /** May move something. Whatever is not known to be harmless is this. */
    ACTUATING,
    /** Changes the manifest, the latch or the host: record_skill, estop_clear, everything in {@code system}. */
    SYSTEM,
    /** Sets the robot up, and moves it while doing so: everything in {@code commission}, calibration, probing a joint. */
    COMMISSIONING,
    /** Takes pictures of the surroundings: vision_find, capturing and detecting. */
    PERCEPTION;

    private static final Set<String> MOVING = Set.of("arm", "gripper", "nav", "base", "drive", "leg", "head", "tool");
    private static final Set<String> NAVIGATING = Set.of("nav", "base", "drive");
    private static final Set<String> COMMISSION = Set.of("commission", "calibrate", "calibration");

    /** Namespaces that by their name only look; a presumption good enough for a warning, never for a decision. */
    private static final Set<String> SENSING = Set.of("status", "vision", "sensor", "perception");

    /**
     * The class of a capability.
     *
     * @param backendReadOnly whether the backend lists it as read-only; not believed in a namespace that moves
     */
    public static OperationClass ofCapability(String capability, boolean backendReadOnly) {
        var namespace = namespace(capability);
        if (namespace.equals("system")) {
            return SYSTEM;
        }
        if (COMMISSION.contains(namespace)) {
            return COMMISSIONING;
        }
        return backendReadOnly && !MOVING.contains(namespace) ? READ_ONLY : ACTUATING;
    }

    /** Whether a backend's claim that a capability is read-only is not believed, which deserves a warning. */
    public static boolean overrulesReadOnly(String capability) {
        return ofCapability(capability, true) != READ_ONLY;
    }

    /** The class as far as the file alone tells; a declared capability in a sensing namespace is presumed read-only. */
    static OperationClass presumed(String capability) {
        return ofCapability(capability, SENSING.contains(namespace(capability)));
    }

    static boolean isNavigating(String capability) {
        return NAVIGATING.contains(namespace(capability));
    }

    static String namespace(String capability) {
        var dot = capability.indexOf('.');
        return dot < 0 ? capability : capability.substring(0, dot);
    }
}
