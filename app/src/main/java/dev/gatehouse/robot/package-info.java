/**
 * The body: what a driver must offer, the one stop that lies beneath everything ({@link dev.gatehouse.robot.Interlock}), and
 * the bookkeeping of motion. Nothing here knows callers, models or tasks, and nothing between a stop and
 * {@link dev.gatehouse.robot.StopChannel#halt()} may wait, take a lock, touch a disk or allocate.
 * Specification: dispatcher.md sections 6 (D6.4) and 8; robot-md.md 10.4, 10.6, 10.7, 10.8, 10.14; threats.md T14, T15.
 */
@NullMarked
package dev.gatehouse.robot;

import org.jspecify.annotations.NullMarked;
