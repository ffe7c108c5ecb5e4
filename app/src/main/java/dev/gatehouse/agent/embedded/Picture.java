package dev.gatehouse.agent.embedded;

/**
 * An image that is fit to be shown to a model.
 *
 * @param digest the line that takes its place once it is too old
 */
record Picture(String mimeType, String base64, int width, int height, String digest) {}
