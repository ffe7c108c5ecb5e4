/**
 * The messages of MCP, one record each; to read this package is to read the protocol as far as it is spoken here.
 * Requests are checked when they are made from a frame, results know what each revision of the protocol leaves out.
 * Specification: the schemas of MCP revisions 2024-11-05 to 2026-07-28.
 */
@NullMarked
package dev.gatehouse.mcp.model;

import org.jspecify.annotations.NullMarked;
