/**
 * The embedded engine: a plain loop over the Messages API on the official SDK, one virtual thread per Task.
 * Nothing of a response body and nothing of the caller's key may reach a message, a log or an exception of this room.
 * Specification: engines.md sections 2 to 4.
 */
@NullMarked
package dev.gatehouse.agent.embedded;

import org.jspecify.annotations.NullMarked;
