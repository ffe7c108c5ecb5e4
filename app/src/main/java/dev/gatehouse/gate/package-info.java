/**
 * The one door from intent to effect: who asks, what they may do, who must agree, what is written down before anything moves.
 * No tool and no driver is reached by any other way, and no decision is taken from model text, tool text or annotations.
 * Specification: dispatcher.md sections 2, 6, 7 and 9.
 */
@NullMarked
package dev.gatehouse.gate;

import org.jspecify.annotations.NullMarked;
