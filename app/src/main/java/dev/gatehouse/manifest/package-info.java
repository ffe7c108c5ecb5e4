/**
 * ROBOT.md: the file that says what a robot is, what it can do, how fast it may move and whom it has to ask.
 * Nothing here moves anything, keeps state or believes the file: every read is of today's bytes, every view is total, and a file that
 * breaks a rule yields values that say so. The file is written by {@link dev.gatehouse.manifest.ManifestWriter} alone.
 * Specification: robot-md.md sections 2 to 6, 10.2 to 10.4 and 10.11.
 */
@NullMarked
package dev.gatehouse.manifest;

import org.jspecify.annotations.NullMarked;
