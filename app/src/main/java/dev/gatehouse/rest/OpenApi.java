package dev.gatehouse.rest;

import dev.gatehouse.json.Json;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** The bridge described for clients that read OpenAPI 3.1 (robot-md.md section 9). */
final class OpenApi {
    private static final String SCHEME = "bearer";

    private OpenApi() {}

    /**
     * The document.
     *
     * @param host what the caller calls this server, port included: the one address that is known to work for it
     * @param guarded whether a bearer is needed
     */
    static ObjectNode document(String robot, String host, boolean guarded, List<Route> routes) {
        var out = Json.object().put("openapi", "3.1.0");
        out.putObject("info")
                .put("title", "Gatehouse: the manifest of " + robot)
                .put("version", "1")
                .put("description", "Reads what a ROBOT.md declares about one robot. Nothing here can move it.");
        out.putArray("servers").addObject().put("url", "http://" + host);
        var paths = out.putObject("paths");
        // No path has two methods, so no item is ever replaced.
        routes.forEach(
                route -> paths.putObject(route.path()).set(route.method().toLowerCase(Locale.ROOT), operation(route)));
        if (guarded) {
            out.putObject("components")
                    .putObject("securitySchemes")
                    .putObject(SCHEME)
                    .put("type", "http")
                    .put("scheme", "bearer");
            out.putArray("security").addObject().putArray(SCHEME);
        }
        return out;
    }

    private static ObjectNode operation(Route route) {
        var out = Json.object().put("summary", route.summary()).put("operationId", route.operation());
        if (route.takesManifest()) {
            out.putObject("requestBody")
                    .put("required", true)
                    .putObject("content")
                    .putObject("text/plain")
                    .set("schema", Json.object().put("type", "string"));
        }
        var responses = out.putObject("responses");
        for (var reply : route.replies()) {
            var response =
                    responses.putObject(Integer.toString(reply.status())).put("description", reply.description());
            response.putObject("content").putObject(reply.mediaType()).set("schema", reply.schema());
        }
        return out;
    }
}
