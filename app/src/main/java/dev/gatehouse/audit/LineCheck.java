package dev.gatehouse.audit;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What one line is by itself, before it is compared with its neighbours (D14.6). */
sealed interface LineCheck {
    /** Canonical JSON whose hash is right. */
    record Sound(Link link, String prev, JsonNode json) implements LineCheck {
        boolean follows(Link previous) {
            return link.seq() == previous.seq() + 1 && prev.equals(previous.hash());
        }
    }

    /** Not a record; {@code what} is a code such as {@code hash_mismatch}. */
    record Unsound(String what) implements LineCheck {}

    static LineCheck of(byte[] line) {
        if (line.length > Lines.MAX_LINE) {
            return new Unsound("line_too_long");
        }
        try {
            if (!(Json.read(line) instanceof ObjectNode record)) {
                return new Unsound("not_a_record");
            }
            if (!Arrays.equals(CanonicalJson.bytes(record), line)) {
                return new Unsound("not_canonical");
            }
            return members(record);
        } catch (MalformedJsonException e) {
            return new Unsound("not_json");
        } catch (IllegalArgumentException e) {
            return new Unsound("not_canonical");
        }
    }

    private static LineCheck members(ObjectNode record) {
        var seq = record.path("seq");
        var prev = record.path("prev");
        var hash = record.path("hash");
        if (!record.path("v").isInt() || record.path("v").intValue() != 1) {
            return new Unsound("unknown_version");
        }
        if (!seq.isIntegralNumber()
                || !seq.canConvertToLong()
                || seq.longValue() < 1
                || !prev.isString()
                || !hash.isString()) {
            return new Unsound("not_a_record");
        }
        var unhashed = record.deepCopy();
        unhashed.remove("hash");
        if (!CanonicalJson.sha256(unhashed).equals(hash.stringValue())) {
            return new Unsound("hash_mismatch");
        }
        return new Sound(new Link(seq.longValue(), hash.stringValue()), prev.stringValue(), record);
    }
}
