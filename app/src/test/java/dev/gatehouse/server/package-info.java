/**
 * Tests of the whole program: a real server on free ports, the simulated arm, real sockets, real files, real processes.
 * Nothing here reaches around a surface except to look at the arm, the audit and the files afterwards.
 * Specification: dispatcher.md, threats.md.
 */
@NullMarked
package dev.gatehouse.server;

import org.jspecify.annotations.NullMarked;
