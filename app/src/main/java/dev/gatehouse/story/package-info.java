/**
 * What a task did, as lines a person reads: events become rows, rows become text on a screen. Whatever stands in an event was
 * written by somebody else, so all of it passes {@code terminal.Printable} in {@code Screen}.
 * Nothing is asked and nothing is decided here.
 * Specification: dispatcher.md section 4, threats.md B5 (hostile text).
 */
@NullMarked
package dev.gatehouse.story;

import org.jspecify.annotations.NullMarked;
