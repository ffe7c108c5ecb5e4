/**
 * Values that must not be seen: they cannot be printed, they can be wiped, text can be searched for them, and keys sign.
 * No secret leaves this room except through {@link dev.gatehouse.secret.Secret#reveal()}.
 * Specification: dispatcher.md D4.6, D6.5; threats.md T8.
 */
@NullMarked
package dev.gatehouse.secret;

import org.jspecify.annotations.NullMarked;
