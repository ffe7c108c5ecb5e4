/**
 * Orders, and the durable tasks they become: a numbered log of events and exactly one ending.
 * A task outlives the connection that asked for it, and nothing acts for an order that has no durable task.
 * Specification: dispatcher.md sections 1, 4, 9 to 12 and 14.
 */
@NullMarked
package dev.gatehouse.dispatch;

import org.jspecify.annotations.NullMarked;
