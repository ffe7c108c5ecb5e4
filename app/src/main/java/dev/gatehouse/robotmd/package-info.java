/**
 * The robot-md catalogue: the tools, resources and prompts that a ROBOT.md and its robot have to offer.
 * A catalogue decides nothing: it says what a call would be, and the gate whether it may happen.
 * Specification: robot-md.md sections 8 and 10.
 */
@NullMarked
package dev.gatehouse.robotmd;

import org.jspecify.annotations.NullMarked;
