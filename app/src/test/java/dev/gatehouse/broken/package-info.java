/**
 * Shows that the attack tests see what they are for: for each row of threats.md the program is built once with that row's guard broken, and
 * the tests that cite the row must fail. The lists beside the resources say what is broken; nothing in the program itself can be switched off.
 */
@NullMarked
package dev.gatehouse.broken;

import org.jspecify.annotations.NullMarked;
