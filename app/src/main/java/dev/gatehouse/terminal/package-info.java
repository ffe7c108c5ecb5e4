/**
 * What a person sees on a terminal, or copies from it: signs it can show, text that cannot harm it, words a shell reads back.
 * Nothing is printed here.
 * Specification: threats.md B5 (hostile text), dispatcher.md 15 (lines to copy).
 */
@NullMarked
package dev.gatehouse.terminal;

import org.jspecify.annotations.NullMarked;
