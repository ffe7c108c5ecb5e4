/**
 * Runs what stands in the folder {@code examples} against a real server, exactly as it stands there. The other side, be it Slack, a
 * phone or a flow, is played by the tests.
 * Specification: dispatcher.md sections 3, 8 and 18, threats.md T23.2.
 */
@NullMarked
package dev.gatehouse.examples;

import org.jspecify.annotations.NullMarked;
