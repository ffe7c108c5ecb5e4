package dev.gatehouse.agent.rehearsal;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool call of a script.
 *
 * @param tool the tool's name without the prefix it is offered under
 * @param args the arguments; every string in them is a template
 */
record Call(String tool, ObjectNode args) {
    /** The arguments with all templates filled in; the script's own tree is left alone. */
    JsonNode argumentsFor(Conversation conversation) {
        return Template.fill(args, conversation);
    }
}
