package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.gate.BearersFile;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.gate.Role;
import dev.gatehouse.gate.Tier;
import dev.gatehouse.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verb {@code tokens} (D15.7, D2.4). */
class TokensCommandTest {
    private static final String BLOCK = """
            # Who may do what. Keep this comment.
            - caller: anna      # the boss
              tier: actuate
              token: anna-secret
            # The button in the hall.
            - caller: button
              tier: none   # it stops
              token: button-secret
            """;

    private static final String NESTED = """
            # Nested.
            bearers:
              - {caller: anna, tier: actuate, token: anna-secret}   # the boss

              - {caller: button, tier: none, token: button-secret}
            # The end.
            """;

    private static final String FLOW =
            "[{caller: anna, tier: actuate, token: anna-secret}, {caller: button, tier: none, token: button-secret}]";

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = directory.resolve("bearers.yaml");
        write(BLOCK);
    }

    private void write(String text) throws Exception {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private String text() throws Exception {
        return Files.readString(file);
    }

    private CliRun tokens(String... arguments) {
        var all = new java.util.ArrayList<>(List.of("tokens"));
        all.addAll(List.of(arguments));
        all.add("--bearers=" + file);
        return CliRun.of(all.toArray(String[]::new));
    }

    private Optional<Principal> who(String token) throws Exception {
        return who(token, Instant.now());
    }

    private Optional<Principal> who(String token, Instant at) throws Exception {
        return BearersFile.read(file, Clock.fixed(at, ZoneOffset.UTC)).authenticate(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {BLOCK, NESTED, FLOW})
    @DisplayName("D15.7: add appends one credential and leaves every other byte; its token is all that is printed")
    void add(String before) throws Exception {
        write(before);
        var run = tokens("add", "2026-11-20", "--tier", "read", "--role", "approve", "--role", "clear");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).matches("[A-Za-z0-9_-]{43}\\R");
        var added = who(run.out().strip()).orElseThrow();
        assertThat(added.caller()).isEqualTo("2026-11-20");
        assertThat(added.tier()).isEqualTo(Tier.READ);
        assertThat(added.roles()).containsExactlyInAnyOrder(Role.STOP, Role.APPROVE, Role.CLEAR);
        assertThat(who("anna-secret")).isPresent();
        assertThat(text()).doesNotContain(run.out().strip());
        var kept = before.endsWith("# The end.\n") ? before.replace("# The end.\n", "") : before;
        assertThat(text())
                .startsWith(kept.replace("}]", "}"))
                .hasLineCount(lines(before) + (before.equals(BLOCK) ? 4 : before.equals(NESTED) ? 4 : 0));
        assertThat(text()).endsWith(before.equals(NESTED) ? "# The end.\n" : before.equals(FLOW) ? "]" : "\"\n");
    }

    private static int lines(String text) {
        return (int) text.lines().count();
    }

    @ParameterizedTest
    @ValueSource(strings = {BLOCK, NESTED, FLOW})
    @DisplayName("D15.7: revoke takes one entry out and leaves the others with their comments")
    void revoke(String before) throws Exception {
        write(before);

        assertThat(tokens("revoke", "anna").exit()).isZero();
        assertThat(who("anna-secret")).isEmpty();
        assertThat(who("button-secret")).isPresent();
        if (before.equals(BLOCK)) {
            assertThat(text()).isEqualTo("""
                    # Who may do what. Keep this comment.
                    # The button in the hall.
                    - caller: button
                      tier: none   # it stops
                      token: button-secret
                    """);
        }

        var last = tokens("revoke", "button");
        assertThat(last.exit()).isEqualTo(1);
        assertThat(last.err()).contains("only credential");
        assertThat(who("button-secret")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {BLOCK, NESTED, FLOW})
    @DisplayName("D15.7: rotate replaces the secret at once and nothing else")
    void rotate(String before) throws Exception {
        write(before);
        var run = tokens("rotate", "anna");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(who("anna-secret")).isEmpty();
        assertThat(who(run.out().strip()).orElseThrow().tier()).isEqualTo(Tier.ACTUATE);
        assertThat(text().replaceAll("token_sha256: \"[0-9a-f]{64}\"", "token: anna-secret"))
                .isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {BLOCK, NESTED, FLOW})
    @DisplayName("D15.7: with --overlap the old secret stays good that long, and then no more")
    void overlap(String before) throws Exception {
        write(before);
        var run = tokens("rotate", "anna", "--overlap", "24h");
        var now = Instant.now();

        assertThat(run.exit()).as(run.err()).isZero();
        var fresh = run.out().strip();
        assertThat(who(fresh).orElseThrow().caller()).isEqualTo("anna");
        assertThat(who("anna-secret", now.plus(Duration.ofHours(23)))).isPresent();
        assertThat(who("anna-secret", now.plus(Duration.ofHours(25)))).isEmpty();
        assertThat(who(fresh, now.plus(Duration.ofDays(3650)))).isPresent();
        assertThat(who("button-secret", now.plus(Duration.ofDays(3650)))).isPresent();

        var again = tokens("rotate", "anna");
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("anna has 2 credentials").contains("tokens list");
        var id = who(fresh).orElseThrow().credentialId();
        assertThat(tokens("rotate", id).exit()).isZero();
        assertThat(who(fresh)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {BLOCK, NESTED, FLOW})
    @DisplayName("D2.4: migrate puts hashes in place of plain tokens, which stay good")
    void migrate(String before) throws Exception {
        write(before);

        assertThat(tokens("migrate").err()).contains("2 plain tokens");
        assertThat(text()).doesNotContain("secret").contains("token_sha256").hasLineCount(lines(before));
        assertThat(who("anna-secret")).isPresent();
        assertThat(who("button-secret")).isPresent();

        var migrated = text();
        assertThat(tokens("migrate").exit()).isZero();
        assertThat(text()).isEqualTo(migrated);
    }

    @Test
    @DisplayName("D15.7: list says who may do what, and no secret")
    void list() throws Exception {
        tokens("add", "guest", "--tier", "read", "--expires", "2030-01-01T00:00:00Z");
        var run = tokens("list");

        assertThat(run.out().lines()).hasSize(3);
        assertThat(run.out())
                .contains("anna  actuate  stop")
                .contains("PLAIN TOKEN")
                .contains("until 2030-01-01");
        assertThat(run.out()).doesNotContain("secret");
        var json = Json.read(tokens("list", "--json").out());
        assertThat(json.get(2).path("caller").asString()).isEqualTo("guest");
        assertThat(json.get(2).path("credential").asString()).matches("crd-[0-9a-f]{26}");
    }

    @Test
    @DisplayName("D15.2, T23.1: with --no-token-stdout the token is in a new file that only its owner reads")
    void writtenToAFile() throws Exception {
        var out = directory.resolve("guest.token");
        var run = tokens("add", "guest", "--tier", "read", "--no-token-stdout", "--token-out=" + out);

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(who(Files.readString(out).strip())).isPresent();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rw-------");

        var before = text();
        var again = tokens("add", "other", "--tier", "read", "--token-out=" + out);
        assertThat(again.exit()).isEqualTo(1);
        assertThat(text()).isEqualTo(before);
        assertThat(who(Files.readString(out).strip()).orElseThrow().caller()).isEqualTo("guest");
    }

    @Test
    @DisplayName("D15.7: the file keeps its mode and its owner")
    void modeAndOwner() throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
        assertThat(tokens("add", "guest", "--tier", "read").exit()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("r--r-----");

        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root gives files away");
        Files.setAttribute(file, "unix:uid", 65_534);
        Files.setAttribute(file, "unix:gid", 65_533);
        assertThat(tokens("revoke", "guest").exit()).isZero();
        assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(65_534);
        assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(65_533);
    }

    @Test
    @DisplayName("D15.7: a link stays one, and what it leads to is changed")
    void link() throws Exception {
        var real = Files.move(file, directory.resolve("real.yaml"));
        Files.createSymbolicLink(file, real);

        assertThat(tokens("revoke", "anna").exit()).isZero();
        assertThat(file).isSymbolicLink();
        assertThat(real).content().doesNotContain("anna");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "revoke nobody",
                "rotate nobody",
                "add anna --tier king",
                "add a/b --tier read",
                "add a",
                "rotate anna --overlap soon",
                "add a --tier read --expires soon",
                "add a --tier read --role king"
            })
    @DisplayName("D15.7: what cannot be done is said, and changes nothing")
    void refused(String arguments) throws Exception {
        var run = tokens(arguments.split(" "));

        assertThat(run.exit()).isIn(1, 2);
        assertThat(run.err()).isNotBlank();
        assertThat(text()).isEqualTo(BLOCK);
    }

    @Test
    @DisplayName("T23.3, D2.5: a file that a server would refuse is not touched, and its secrets are not quoted")
    void broken() throws Exception {
        var broken = BLOCK + "- {caller: carl, tier: read, token: anna-secret}\n";
        write(broken);
        var run = tokens("add", "guest", "--tier", "read");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("entry 2 has the same secret").doesNotContain("anna-secret");
        assertThat(text()).isEqualTo(broken);
    }

    @Test
    @DisplayName("D15.7: without a file it says where one comes from")
    void noFile() throws Exception {
        Files.delete(file);

        assertThat(tokens("list").err()).contains("gatehouse init");
    }
}
