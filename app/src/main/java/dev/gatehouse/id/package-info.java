/**
 * Identifiers of things this program creates: a prefix that tells the kind and 130 random bits (dispatcher.md D1.3).
 * Nothing here knows what an id names.
 */
@NullMarked
package dev.gatehouse.id;

import org.jspecify.annotations.NullMarked;
