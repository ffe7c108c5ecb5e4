/**
 * Looks at everything a robot's owner relies on, and says what is wrong with it and what to do next.
 * Nothing that is there is changed, nothing moves and nothing is asked over a network here; whatever is read is read as the server
 * reads it. The self-tests are those of a server that is started for a moment in an empty directory of its own.
 * Specification: dispatcher.md 17.2.
 */
@NullMarked
package dev.gatehouse.doctor;

import org.jspecify.annotations.NullMarked;
