/**
 * Files that survive a crash: written whole or not at all, with the mode they need from their first byte.
 * Specification: dispatcher.md D8.6, D15.4.
 */
@NullMarked
package dev.gatehouse.file;

import org.jspecify.annotations.NullMarked;
