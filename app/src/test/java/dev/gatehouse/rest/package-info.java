@NullMarked
package dev.gatehouse.rest;

import org.jspecify.annotations.NullMarked;
