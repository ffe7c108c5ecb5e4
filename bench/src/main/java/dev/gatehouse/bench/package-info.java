/**
 * Measures the speed and the memory that Gatehouse promises, each time against something comparable in the same run.
 * Nothing here is shipped, and nothing here decides whether a build is good: machines are noisy, so the verdicts are for people.
 * What is promised: the bars in {@code bench/README.md}.
 */
@NullMarked
package dev.gatehouse.bench;

import org.jspecify.annotations.NullMarked;
