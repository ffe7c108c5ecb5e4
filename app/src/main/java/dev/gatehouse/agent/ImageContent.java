package dev.gatehouse.agent;

/**
 * An image in a tool answer, as it came.
 *
 * @param mimeType what the tool server calls it; not trusted
 * @param base64 the bytes in standard base64
 */
public record ImageContent(String mimeType, String base64) {}
