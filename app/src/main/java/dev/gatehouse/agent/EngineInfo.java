package dev.gatehouse.agent;

/**
 * Who an engine says it is.
 *
 * @param rehearsal whether its answers come from a script instead of a model (E6.1)
 */
public record EngineInfo(String name, String version, boolean rehearsal) {}
