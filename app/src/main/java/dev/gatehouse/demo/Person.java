package dev.gatehouse.demo;

import java.util.Locale;

/** Who takes part, each with a credential of their own. */
enum Person {
    ALICE("actuate", "", "may have the robot moved"),
    BOB("read", "", "may look"),
    ANNA("none", "approve", "decides what needs a person"),
    BUTTON("none", "", "a red button on the wall; stopping is everybody's right"),
    CARLA("none", "clear", "may clear a stop");

    private final String tier;
    private final String role;
    private final String meaning;

    Person(String tier, String role, String meaning) {
        this.tier = tier;
        this.role = role;
        this.meaning = meaning;
    }

    /** The name as the server knows it. */
    String caller() {
        return name().toLowerCase(Locale.ROOT);
    }

    String tier() {
        return tier;
    }

    /** A right beside the tier; empty for none. */
    String role() {
        return role;
    }

    String meaning() {
        return meaning;
    }
}
