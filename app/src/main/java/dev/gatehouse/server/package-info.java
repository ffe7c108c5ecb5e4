/**
 * Puts the house up, bottom to top, and takes it down again: one server with its robot, its gate, its tasks and its listeners.
 * Everything is wired here by hand, in the order in which it may fail, and nothing is decided here.
 * Specification: dispatcher.md section 16.
 */
@NullMarked
package dev.gatehouse.server;

import org.jspecify.annotations.NullMarked;
