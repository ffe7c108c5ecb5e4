/** Tests of the protocol, by talking it; the official clients are talked to in the peer tests. */
@NullMarked
package dev.gatehouse.mcp;

import org.jspecify.annotations.NullMarked;
