/**
 * A simulated arm behind the same driver interface that real hardware uses: joints that take time, a gripper, a scene, a camera,
 * and faults that can be injected. It must never be kinder than hardware: it stops within one control tick and keeps torque.
 * Specification: robot-md.md 10.6, 10.10, 10.14; threats.md T14.3, T14.4.
 */
@NullMarked
package dev.gatehouse.robot.sim;

import org.jspecify.annotations.NullMarked;
