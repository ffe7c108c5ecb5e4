package dev.gatehouse.mcp;

import tools.jackson.databind.node.ObjectNode;

/** Where messages to one client go; safe for any number of threads. A client that is gone swallows them. */
@FunctionalInterface
public interface Outbox {
    void send(ObjectNode message);
}
