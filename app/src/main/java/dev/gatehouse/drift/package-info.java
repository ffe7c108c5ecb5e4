/**
 * Answers whether the world this program was built for still fits: engine, model API, tools, decisions, prices. It looks and compares;
 * nothing is served, moved or repaired here, and no model is asked unless the operator says so.
 * Specification: dispatcher.md section 20, threats.md T22.3.
 */
@NullMarked
package dev.gatehouse.drift;

import org.jspecify.annotations.NullMarked;
