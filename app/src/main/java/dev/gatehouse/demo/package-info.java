/**
 * The demonstration: a cast of callers, a real server with the simulated arm, and a screen on which a person can read along.
 * It is a client like any other: it reaches the server over HTTP only, and everything it claims it has checked.
 * Specification: dispatcher.md sections 2, 4, 7, 8 and 14; engines.md section 6.
 */
@NullMarked
package dev.gatehouse.demo;

import org.jspecify.annotations.NullMarked;
