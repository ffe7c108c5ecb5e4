/**
 * The {@code gatehouse} command, one class a verb.
 * Verbs read flags, call the rooms below and choose an exit code; nothing is decided here, and standard output is for
 * results only.
 * Specification: dispatcher.md sections 14 to 16, robot-md.md section 7.
 */
@NullMarked
package dev.gatehouse.cli;

import org.jspecify.annotations.NullMarked;
