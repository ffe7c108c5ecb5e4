package dev.gatehouse.robotmd;

import dev.gatehouse.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Who the robot is, on one line. */
public final class Identity {
    private static final String RESOLVER = "https://rcan.dev/r/";
    private static final List<String> FACTS = List.of("manufacturer", "model", "version", "device_id");

    private Identity() {}

    /** The form that clients of the protocol get (robot-md.md 8.4). */
    static String line(Manifest manifest) {
        var metadata = manifest.json().path("metadata");
        var parts = new ArrayList<String>();
        parts.add(manifest.summary());
        for (var fact : FACTS) {
            scalar(metadata.path(fact)).ifPresent(text -> parts.add(fact + "=" + text));
        }
        parts.add(rrn(metadata)
                .map(rrn -> "rrn=" + rrn + "  resolver=" + RESOLVER + rrn)
                .orElse("rrn=(unregistered)"));
        return oneLine(String.join(" · ", parts));
    }

    /** The older form of the REST bridge, which is silent about the device and about a missing registration (section 9). */
    public static String restLine(Manifest manifest) {
        var metadata = manifest.json().path("metadata");
        var parts = new ArrayList<String>();
        parts.add(manifest.summary());
        for (var fact : List.of("manufacturer", "model", "version")) {
            scalar(metadata.path(fact)).ifPresent(text -> parts.add(fact + ": " + text));
        }
        rrn(metadata).ifPresent(rrn -> parts.add("rrn: " + rrn + " (" + RESOLVER + rrn + ")"));
        return oneLine(String.join(" · ", parts));
    }

    /** Where strangers can look the robot up; empty if it is not registered. */
    static Optional<String> resolver(Manifest manifest) {
        return rrn(manifest.json().path("metadata")).map(rrn -> oneLine(RESOLVER + rrn));
    }

    /** The registration number: a string that is not empty. */
    static Optional<String> rrn(JsonNode metadata) {
        return Optional.of(metadata.path("rrn")).filter(JsonNode::isString).flatMap(Identity::scalar);
    }

    static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }

    private static Optional<String> scalar(JsonNode node) {
        return node.isValueNode() && !node.isNull()
                ? Optional.of(node.asString()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }
}
