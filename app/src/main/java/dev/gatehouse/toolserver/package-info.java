/**
 * A tool server of the operator's own: one child process that speaks MCP over its standard input and output, its tools, and the way a
 * stop takes to it. What it says of itself decides nothing, and what it answers is data from outside.
 * Specification: dispatcher.md 6.2, D6.6 to D6.8, D12, D16.5, D16.6; engines.md E2.14 to E2.17; threats.md T3, T9.2, T22.1.
 */
@NullMarked
package dev.gatehouse.toolserver;

import org.jspecify.annotations.NullMarked;
