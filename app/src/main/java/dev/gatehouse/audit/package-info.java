/**
 * The record of what was decided and done: an append-only, hash-chained log of one JSON line per record, forced to disk in groups,
 * with a signed head and a verifier that needs nothing but the files and a public key.
 * Nothing is deleted, rewritten or reordered here, no other room is known, and only the writer thread touches the open file, so that an
 * interrupted caller cannot close it; the lock of {@code WriteQueue} may be held when that of {@code Outages} is taken, never the other way
 * round, and neither during I/O.
 * Specification: dispatcher.md section 14 (D14.1, D14.4 to D14.9), robot-md.md 10.13, threats.md T20.
 */
@NullMarked
package dev.gatehouse.audit;

import org.jspecify.annotations.NullMarked;
