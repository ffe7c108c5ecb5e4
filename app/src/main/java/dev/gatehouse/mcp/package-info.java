/**
 * The Model Context Protocol: one method table an era, over standard input and output and for the HTTP routes.
 * It shows what a door and a catalogue offer and carries calls to the door; it decides nothing and keeps nothing.
 * Specification: robot-md.md section 8; MCP revisions 2024-11-05 to 2025-11-25 (with a handshake) and 2026-07-28 (without).
 */
@NullMarked
package dev.gatehouse.mcp;

import org.jspecify.annotations.NullMarked;
