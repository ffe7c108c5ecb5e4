package dev.gatehouse.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/** What the search for bad input starts from: ordinary manifests, and one that uses every form of YAML there is. */
final class Seeds {
    private static final String EVERY_FORM = """
            ---
            # comment
            plain: a b # comment
            "double": "q\\u00e9\\n\\
              r"
            'single': 'it''s'
            ? long key
            : - 1
              - - 0x1F
                - {a: [1.5e3, ~, true], "b": .inf}
            literal: |+
              text

            folded: >2-
                text
              more
            anchor: &a !!str yes
            alias: [*a, *a]
            learned_skills:
            - id: pick.cup
              status: !x ok
              # comment
              validated:
                - "a" # comment
              blocked_by: []
              notes: two
                lines
            - {id: b}
            ---

            # body
            <!-- ROBOT-MD-SIG kid=a sig=QUJD -->
            """;

    private Seeds() {}

    static Stream<byte[]> manifests() {
        return Stream.concat(
                Stream.of("minimal", "servo-arm", "arm-with-camera", "rover")
                        .map(name -> file("/manifest/" + name + ".ROBOT.md")),
                Stream.of(
                        EVERY_FORM.getBytes(StandardCharsets.UTF_8),
                        ("\uFEFF" + EVERY_FORM.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] file(String name) {
        try (var in = Objects.requireNonNull(Seeds.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
