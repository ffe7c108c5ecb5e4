/**
 * What can be offered to a caller, as data: tools with the operation a call would be, resources, prompts; a catalogue is lists of
 * them. Nothing here decides whether a call may happen, and nobody but the gate may run a tool's function.
 * Specification: dispatcher.md section 6, robot-md.md sections 8 and 10.
 */
@NullMarked
package dev.gatehouse.tool;

import org.jspecify.annotations.NullMarked;
