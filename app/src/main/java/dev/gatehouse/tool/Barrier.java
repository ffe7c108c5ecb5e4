package dev.gatehouse.tool;

/**
 * Why a call cannot be handed over now, whoever makes it.
 *
 * @param code stable, from the table of dispatcher.md 6.1 or 21
 * @param message fit for a caller
 */
public record Barrier(String code, String message) {}
