/**
 * Puts the manifest server into the configuration of an MCP client: an insertion into its text, so that comments, order and
 * indentation of everything else stay as their owner wrote them.
 * Nothing is printed or asked here, no value of another server leaves the file, and what is not understood is not changed.
 * Specification: robot-md.md section 7 (how the server is started).
 */
@NullMarked
package dev.gatehouse.install;

import org.jspecify.annotations.NullMarked;
