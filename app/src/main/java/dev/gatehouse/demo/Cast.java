package dev.gatehouse.demo;

import dev.gatehouse.file.AtomicFile;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;

/** Everybody's token, made for this one run; the server only ever sees their hashes. */
final class Cast {
    private final Map<Person, String> tokens = new EnumMap<>(Person.class);

    Cast(SecureRandom random) {
        for (var person : Person.values()) {
            tokens.put(person, Secret.fresh(random).reveal());
        }
    }

    String token(Person person) {
        return tokens.getOrDefault(person, "");
    }

    /** Writes the bearers file of the server, readable by its owner only. */
    void write(Path file) throws IOException {
        var yaml = new StringBuilder("bearers:\n");
        for (var person : Person.values()) {
            var sha256 = CanonicalJson.sha256(token(person).getBytes(StandardCharsets.UTF_8));
            yaml.append("  - caller: ").append(person.caller());
            yaml.append("\n    token_sha256: \"").append(sha256);
            yaml.append("\"\n    tier: ").append(person.tier());
            yaml.append("\n    roles: [").append(person.role());
            yaml.append("]\n    stream: full\n");
        }
        AtomicFile.write(file, yaml.toString().getBytes(StandardCharsets.UTF_8), AtomicFile.OWNER_ONLY);
    }
}
