package dev.gatehouse.torture;

/**
 * One order of the suite.
 *
 * @param key unique; its idempotency key and its label
 * @param moves whether the robot is to move, once
 */
record Order(String key, boolean moves) {
    String goal() {
        return moves ? "tap" : "look";
    }

    String effect() {
        return moves ? "actuate" : "observe";
    }
}
