package dev.gatehouse.rest;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One method on one path, and what the OpenAPI document says of it.
 *
 * @param path with the robot's name as it is listed
 * @param operation unique name of the operation
 * @param takesManifest whether the body of the request is read: the text of a ROBOT.md
 */
record Route(
        String method,
        String path,
        String operation,
        String summary,
        boolean takesManifest,
        List<Reply> replies,
        Handler handler) {

    /** One way to answer. */
    record Reply(int status, String description, String mediaType, JsonNode schema) {}

    /** Answers one request. */
    @FunctionalInterface
    interface Handler {
        /**
         * Answers.
         *
         * @param host what the caller calls this server, port included
         * @param body empty unless the route takes one
         */
        Answer answer(String host, byte[] body);
    }

    /** Whether this route answers the method; HEAD is answered where GET is. */
    boolean answers(String asked) {
        return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
    }
}
