/**
 * Makes a ROBOT.md servable: the files that {@code gatehouse serve} starts from, and the tokens of the first callers.
 * Nothing is printed, asked or served here, and nothing is on disk until everything is.
 * Specification: dispatcher.md section 15.
 */
@NullMarked
package dev.gatehouse.setup;

import org.jspecify.annotations.NullMarked;
