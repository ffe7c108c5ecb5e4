/**
 * The network front: strict HTTP, who is asking, routes, problem bodies, event streams, and a stop listener of its own.
 * No decision about tools is taken here, and nothing here reaches a driver except the stop.
 * Specification: dispatcher.md sections 3 and 4, threats.md T9 to T12 and T24.
 */
@NullMarked
package dev.gatehouse.web;

import org.jspecify.annotations.NullMarked;
