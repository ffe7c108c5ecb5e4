/**
 * JSON-RPC 2.0 as MCP uses it: frames, ids, errors, bounded lines.
 * Nothing here knows a method; what cannot be read becomes a frame that says so, never an exception.
 * Specification: JSON-RPC 2.0; MCP, base protocol and stdio transport.
 */
@NullMarked
package dev.gatehouse.mcp.wire;

import org.jspecify.annotations.NullMarked;
