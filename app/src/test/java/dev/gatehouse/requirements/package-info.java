/**
 * Which test shows which requirement. Tests cite ids of the specifications in their display names; what ran is collected while it runs,
 * and {@code make test} ends with a report in {@code target/requirements.md} that fails on a gap.
 *
 * <p>Nothing in here tests the program itself.
 */
@NullMarked
package dev.gatehouse.requirements;

import org.jspecify.annotations.NullMarked;
