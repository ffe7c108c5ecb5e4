package dev.gatehouse.dispatch;

import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * One object on a stream.
 *
 * @param seq number of the durable event; empty for lines that are not stored
 */
public record Line(OptionalLong seq, String type, ObjectNode json) {}
