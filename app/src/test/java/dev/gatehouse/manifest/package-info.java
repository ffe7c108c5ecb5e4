@NullMarked
package dev.gatehouse.manifest;

import org.jspecify.annotations.NullMarked;
