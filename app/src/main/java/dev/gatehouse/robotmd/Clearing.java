package dev.gatehouse.robotmd;

import dev.gatehouse.robot.ClearOutcome;

/** Opens the latch with this id for a call that was agreed to, with a record that is durable before; never by force. */
@FunctionalInterface
public interface Clearing {
    ClearOutcome clear(String latchId, String caller);
}
