/**
 * Files that an operator writes, read strictly: YAML 1.2 without surprises, every key known, every error naming its place.
 * No value is guessed or defaulted here, and no message quotes a value, because a value may be a secret.
 * Specification: dispatcher.md D2.5, T23.3.
 */
@NullMarked
package dev.gatehouse.config;

import org.jspecify.annotations.NullMarked;
