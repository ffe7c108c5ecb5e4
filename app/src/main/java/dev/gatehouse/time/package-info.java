/**
 * Time that tests can hold in their hands: a monotonic clock that also waits, and deadlines measured on it.
 * Wall time is {@link java.time.Clock}; no duration is ever computed from it (threats.md T26.1).
 */
@NullMarked
package dev.gatehouse.time;

import org.jspecify.annotations.NullMarked;
