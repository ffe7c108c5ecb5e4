package dev.gatehouse.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Gives a tree to the generator, token by token; why not the library's mapper: {@link TreeReader}. */
final class TreeWriter {
    private final JsonGenerator out;

    TreeWriter(JsonGenerator out) {
        this.out = out;
    }

    /**
     * Writes one value with all it holds.
     *
     * @throws IllegalArgumentException for a node that is no JSON value
     */
    void value(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> array(node);
            case STRING -> out.writeString(node.stringValue());
            case NUMBER -> number(node);
            case BOOLEAN -> out.writeBoolean(node.booleanValue());
            // What path() gives for a member that is not there.
            case NULL, MISSING -> out.writeNull();
            case BINARY, POJO -> throw new IllegalArgumentException("not a JSON value");
        }
    }

    private void object(JsonNode node) {
        out.writeStartObject();
        for (var member : node.properties()) {
            out.writeName(member.getKey());
            value(member.getValue());
        }
        out.writeEndObject();
    }

    private void array(JsonNode node) {
        out.writeStartArray();
        for (var item : node) {
            value(item);
        }
        out.writeEndArray();
    }

    private void number(JsonNode node) {
        switch (node.numberType()) {
            case INT -> out.writeNumber(node.intValue());
            case LONG -> out.writeNumber(node.longValue());
            case BIG_INTEGER -> out.writeNumber(node.bigIntegerValue());
            case FLOAT -> out.writeNumber(node.floatValue());
            case DOUBLE -> out.writeNumber(node.doubleValue());
            case BIG_DECIMAL -> out.writeNumber(node.decimalValue());
        }
    }
}
