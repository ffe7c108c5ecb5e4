/**
 * HTTP as every listener of this program speaks it: strict parsing, bounded heads and bodies, a time limit for whatever a peer is to do,
 * and the names a server may be called by. No route and no answer of any surface is known here.
 * Specification: dispatcher.md 3.3, robot-md.md section 9, threats.md T11 and T12.
 */
@NullMarked
package dev.gatehouse.http;

import org.jspecify.annotations.NullMarked;
