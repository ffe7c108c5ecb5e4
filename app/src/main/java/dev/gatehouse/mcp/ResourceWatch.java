package dev.gatehouse.mcp;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.tool.Resource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Notices which of some resources changed since it looked last (robot-md.md 8.9). Safe for any number of threads. */
final class ResourceWatch {
    /** How often somebody should look; the specification allows twice as much. */
    static final Duration PERIOD = Duration.ofSeconds(1);

    private final Map<String, Watched> watched = new LinkedHashMap<>();

    /** What a resource was when it was last looked at; an unreadable one is told apart from every text. */
    private record Watched(Resource resource, String fingerprint) {
        static Watched now(Resource resource) {
            return new Watched(
                    resource,
                    switch (resource.content().get()) {
                        case Resource.Content.Text(var text) ->
                            CanonicalJson.sha256(text.getBytes(StandardCharsets.UTF_8));
                        case Resource.Content.Unreadable unreadable -> "";
                    });
        }
    }

    /** Watches a resource under the URI that a client calls it by. */
    synchronized void add(String uri, Resource resource) {
        watched.putIfAbsent(uri, Watched.now(resource));
    }

    synchronized void remove(String uri) {
        watched.remove(uri);
    }

    synchronized boolean isEmpty() {
        return watched.isEmpty();
    }

    /** The URIs whose content is not what it was. */
    synchronized List<String> changed() {
        var changed = new ArrayList<String>();
        watched.replaceAll((uri, before) -> {
            var now = Watched.now(before.resource());
            if (!now.fingerprint().equals(before.fingerprint())) {
                changed.add(uri);
            }
            return now;
        });
        return changed;
    }
}
