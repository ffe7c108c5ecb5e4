/**
 * What an agent engine is: the contract between one Task and the model session that serves it, the money it may spend, and the text it starts with.
 * An engine acts through its {@link dev.gatehouse.agent.ToolView} and in no other way, and no model call happens here without a reservation.
 * Specification: engines.md sections 1, 4 and 8; dispatcher.md D10.
 */
@NullMarked
package dev.gatehouse.agent;

import org.jspecify.annotations.NullMarked;
