@NullMarked
package dev.gatehouse.robotmd;

import org.jspecify.annotations.NullMarked;
