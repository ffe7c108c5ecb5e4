package dev.gatehouse.mcp.model;

import tools.jackson.databind.node.ObjectNode;

/** What a request comes to. */
public interface Result {
    /** The members of the result in the words of one revision. */
    ObjectNode json(Revision revision);
}
