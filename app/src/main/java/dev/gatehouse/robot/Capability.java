package dev.gatehouse.robot;

import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing a robot can do.
 *
 * @param name such as {@code arm.pick}
 * @param argumentSchema JSON Schema 2020-12 of the arguments
 * @param readOnly the driver's claim; {@link #observing()} says whether it is believed
 * @param needs limits without which it is refused
 */
public record Capability(
        String name, String description, ObjectNode argumentSchema, boolean readOnly, Set<Need> needs) {
    private static final Set<String> MOVING = Set.of("arm", "gripper", "nav", "base", "drive", "leg", "head", "tool");

    public Capability {
        argumentSchema = argumentSchema.deepCopy();
        needs = Set.copyOf(needs);
    }

    /** A copy, so that nobody can change what was declared. */
    @Override
    public ObjectNode argumentSchema() {
        return argumentSchema.deepCopy();
    }

    /** Whether it only looks: claimed by the driver, and not in a namespace that moves (robot-md.md 10.2). */
    public boolean observing() {
        return readOnly && !MOVING.contains(namespace());
    }

    private String namespace() {
        var dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
