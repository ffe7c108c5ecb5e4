/**
 * The REST bridge: what a ROBOT.md says, over plain HTTP, for clients that do not speak MCP. It only reads: nothing here knows a robot,
 * a tool or a task. Off unless somebody starts it.
 * Specification: robot-md.md section 9.
 */
@NullMarked
package dev.gatehouse.rest;

import org.jspecify.annotations.NullMarked;
