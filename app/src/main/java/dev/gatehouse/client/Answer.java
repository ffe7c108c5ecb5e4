package dev.gatehouse.client;

import tools.jackson.databind.JsonNode;

/** One answer that was read; a refusal without a readable body has an empty object. */
public record Answer(int status, JsonNode body) {
    public boolean ok() {
        return status == 200;
    }

    /** Why not, in the server's words, which are not to be printed as they are; may be empty. */
    public String detail() {
        return body.path("detail").asString("");
    }

    /** The stable name of a refusal (dispatcher.md section 21); may be empty. */
    public String code() {
        return body.path("code").asString("");
    }
}
