package dev.gatehouse.server;

/** Scripts for rehearsals. A script plays for goals that begin with its name. */
public final class Scripts {
    /** Brings the arm to a point where no other script leaves it, in more than a minute: time to do something about it. */
    public static final String CREEP = script("creep", "[{call: [" + reach(200, 100, 120, 1) + "]}, {say: there}]");

    /** To another point, at a pace at which it arrives in about four seconds, and then a second motion. */
    public static final String STROLL = script(
            "stroll",
            "[{call: [" + reach(200, -100, 150, 25)
                    + "]}, {call: [{tool: execute_capability, args: {capability: arm.home}}]}," + " {say: home}]");

    /** A motion that is over at once. */
    public static final String TAP =
            script("tap", "[{call: [{tool: execute_capability, args: {capability: gripper.open}}]}, {say: done}]");

    /** A model that does not answer for ten minutes. */
    public static final String PONDER = script("ponder", "[{say: never said, fault: {hang_ms: 600000}}]");

    private Scripts() {}

    /** A script from its turns in YAML. */
    public static String script(String name, String turns) {
        return "rehearsal: 1\nname: " + name + "\nmatch: \"^" + name + "\"\nturns: " + turns + "\n";
    }

    private static String reach(int x, int y, int z, int speed) {
        return "{tool: execute_capability, args: {capability: arm.reach, args: {x: %d, y: %d, z: %d, speed_dps: %d}}}"
                .formatted(x, y, z, speed);
    }

    static String goal(String goal) {
        return "{\"goal\":\"" + goal + "\"}";
    }

    /** An order with further members, as JSON text that begins with a comma. */
    static String goal(String goal, String more) {
        return "{\"goal\":\"" + goal + "\"" + more + "}";
    }
}
