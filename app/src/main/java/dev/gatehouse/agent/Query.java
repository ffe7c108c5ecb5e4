package dev.gatehouse.agent;

/**
 * One question to a model outside of any session, to be answered with one call of one tool that does not exist.
 *
 * @param systemText role and rules
 * @param goal what a caller wants
 * @param data what goes with it, marked by {@code systemText} as data
 * @param answer the tool whose arguments are the answer
 */
public record Query(String model, String systemText, String goal, String data, OfferedTool answer) {}
