/**
 * The crash suite: a real server process on a faulty disk, killed at every write boundary and at random moments, frozen, and with its
 * clock moved, while callers hand it orders. Afterwards nothing that was accepted may be lost or done twice.
 *
 * <p>{@code make torture} runs it long, {@code make test} briefly. Nothing of the server is replaced but the driver's ear: a witness
 * notes each motion beside what reached the disk.
 */
@NullMarked
package dev.gatehouse.torture;

import org.jspecify.annotations.NullMarked;
