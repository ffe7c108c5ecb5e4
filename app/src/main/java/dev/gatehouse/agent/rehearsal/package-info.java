/**
 * A Messages-API endpoint on loopback that answers from a script: the model of demos, tests, benchmarks and the self-test.
 * It acts on nothing, reads no clock and throws no dice: the same script and the same request give the same bytes, and it never
 * passes for a model (E6.1). Specification: engines.md section 3 (wire) and section 6 (E6.1 to E6.5, script format).
 */
@NullMarked
package dev.gatehouse.agent.rehearsal;

import org.jspecify.annotations.NullMarked;
