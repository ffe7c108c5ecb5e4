/**
 * Clients that other people wrote, talking to this server: the official SDKs, the Inspector, the conformance suite, Claude Code.
 * What needs Node is in the directory {@code peers} of the project; where it is not installed these tests are skipped and say so.
 */
@NullMarked
package dev.gatehouse.peers;

import org.jspecify.annotations.NullMarked;
