/** Tests of the strict listener below its surfaces. */
@NullMarked
package dev.gatehouse.http;

import org.jspecify.annotations.NullMarked;
