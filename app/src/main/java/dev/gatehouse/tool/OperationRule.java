package dev.gatehouse.tool;

import tools.jackson.databind.node.ObjectNode;

/** Tells which operation a call would be. Called only with arguments that fit the tool's schema. */
@FunctionalInterface
public interface OperationRule {
    Operation of(ObjectNode arguments);
}
