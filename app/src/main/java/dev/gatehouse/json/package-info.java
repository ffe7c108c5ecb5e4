/**
 * JSON as this program reads and writes it: strict on the way in, one line or canonical on the way out.
 * Every other room takes its JSON from here, so that duplicate members, trailing text and non-numbers are refused everywhere.
 * Specification: RFC 8259, RFC 8785, dispatcher.md D3.5 and D4.1.
 */
@NullMarked
package dev.gatehouse.json;

import org.jspecify.annotations.NullMarked;
