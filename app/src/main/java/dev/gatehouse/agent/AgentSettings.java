package dev.gatehouse.agent;

/** Which engine and which model serve an order that names neither. */
public record AgentSettings(String defaultEngine, String defaultModel) {}
