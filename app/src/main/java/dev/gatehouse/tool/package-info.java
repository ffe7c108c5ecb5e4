/**
 * Tools as data: a name, a schema, the operation a call would be, and a function; a catalogue is a list of them.
 * Nothing here decides whether a call may happen, and nobody but {@link dev.gatehouse.gate.Gate} may run a tool's function.
 * Specification: dispatcher.md section 6, robot-md.md section 10.
 */
@NullMarked
package dev.gatehouse.tool;

import org.jspecify.annotations.NullMarked;
