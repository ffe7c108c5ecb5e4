/**
 * A caller's side of the wire: requests with a credential, and tasks that are followed through broken connections. It reaches a
 * server as any other program would, and knows nothing of its inside.
 * Specification: dispatcher.md sections 3, 4 and 18.
 */
@NullMarked
package dev.gatehouse.client;

import org.jspecify.annotations.NullMarked;
