package dev.gatehouse.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** dispatcher.md 2.3. */
class BearersFileTest {
    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static final Path PLACE = Path.of("bearers.yaml");

    private static Credentials parse(String yaml) throws ConfigException {
        return BearersFile.parse(StrictYaml.read(yaml), PLACE, CLOCK);
    }

    private static String sha256(String token) {
        return CanonicalJson.sha256(token.getBytes(StandardCharsets.UTF_8));
    }

    private static Principal only(String entry, String token) throws ConfigException {
        return parse("- " + entry).authenticate(token).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- {caller: a, tier: read, token_sha256: '%s'}",
                "- {caller: a, tier: read, token_hash: 'sha256:%s'}",
                "bearers: [{caller: a, tier: read, token_sha256: '%s'}]"
            })
    @DisplayName("D2.4: every accepted form names the same credential")
    void forms(String yaml) throws Exception {
        var principal =
                parse(yaml.formatted(sha256("secret"))).authenticate("secret").orElseThrow();

        assertThat(principal.caller()).isEqualTo("a");
        assertThat(principal.tier()).isEqualTo(Tier.READ);
        assertThat(principal.roles()).containsExactly(Role.STOP);
        assertThat(principal.credentialId())
                .isEqualTo(
                        only("{token: secret, tier: read, caller: a}", "secret").credentialId());
    }

    @ParameterizedTest
    @CsvSource({
        "0123, 0123",
        "1e3, 1e3",
        "0x1F, 0x1F",
        "1.50, 1.50",
        "'\"0123\"', 0123",
        "12345678901234567890, 12345678901234567890"
    })
    @DisplayName("D2.5: a plain token that looks like a number is the text that stands in the file")
    void numericTokens(String written, String token) throws Exception {
        assertThat(only("{caller: a, tier: read, token: %s}".formatted(written), token)
                        .caller())
                .isEqualTo("a");
    }

    @Test
    void everyKey() throws Exception {
        var principal = only("""
                {caller: Tablet.1_@-, tier: actuate, token: t, roles: [approve, clear, admin], stream: full,
                  expires: 2027-01-01T00:00:00Z, limits: {max_budget_usd: 2.5, daily_usd: 9, max_turns: 40, max_tasks: 2},
                  compat: "0.2", may_act_for: [anna, bert], lanes: [acme/firmware], loa: 3}
                """, "t");

        assertThat(principal.roles()).containsExactlyInAnyOrder(Role.values());
        assertThat(principal.limits())
                .isEqualTo(new CallerLimits(
                        Optional.of(2_500_000L), Optional.of(9_000_000L), Optional.of(40), Optional.of(2), true, true));
    }

    @Test
    void unknownTokensAreNobody() throws Exception {
        var credentials = parse("- {caller: a, tier: read, token: secret}");

        assertThat(credentials.authenticate("Secret")).isEmpty();
        assertThat(credentials.authenticate("")).isEmpty();
        assertThat(credentials.authenticate(sha256("secret"))).isEmpty();
    }

    @Test
    void expiredTokensAreNobodyFromTheirInstantOn() throws Exception {
        var entry = "- {caller: a, tier: read, token: t, expires: %s}";

        assertThat(parse(entry.formatted("2026-11-20T09:00:00Z")).authenticate("t"))
                .isEmpty();
        assertThat(parse(entry.formatted("2026-11-20T09:00:01Z")).authenticate("t"))
                .isPresent();
    }

    @Test
    void oneCallerMayHaveSeveralEntries() throws Exception {
        var credentials = parse("[{caller: a, tier: read, token: x}, {caller: a, tier: actuate, token: y}]");

        assertThat(credentials.authenticate("x").orElseThrow().tier()).isEqualTo(Tier.READ);
        assertThat(credentials.authenticate("y").orElseThrow().tier()).isEqualTo(Tier.ACTUATE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tier: read, token: hunter2 | member 'caller' is missing",
                "caller: a b, tier: read, token: hunter2 | [1].caller: must be 1 to 64 characters of A-Z a-z 0-9 . _ @ -",
                "caller: a, token: hunter2 | member 'tier' is missing",
                "caller: a, tier: root, token: hunter2 | [1].tier: has an unknown value",
                "caller: a, tier: READ, token: hunter2 | [1].tier: has an unknown value",
                "caller: a, tier: read, token: hunter2, roles: [god] | [1].roles[0]: has an unknown value",
                "caller: a, tier: read, token: hunter2, token_sha512: x | (known: caller, compat, expires, key_file, lanes, limits, loa, may_act_for, roles, stream, tier, token, token_hash, token_sha256)",
                "caller: a, tier: read, token: hunter2, expires: soon | [1].expires: must be a time such as 2027-01-01T00:00:00Z",
                "caller: a, tier: read, token: hunter2, stream: all | [1].stream: must be one of full",
                "caller: a, tier: read, token: hunter2, compat: '0.1' | [1].compat: must be one of 0.2",
                "caller: a, tier: read, token: hunter2, may_act_for: anna | [1].may_act_for: must be a list",
                "caller: a, tier: read, token: hunter2, may_act_for: ['a b'] | [1].may_act_for[0]: must be 1 to 64 characters of A-Z a-z 0-9 . _ @ -",
                "caller: a, tier: read, token: hunter2, lanes: [firmware] | [1].lanes[0]: must be OWNER/NAME",
                "caller: a, tier: read, token: hunter2, loa: 2 | [1].loa: must be 0, 1 or 3",
                "caller: a, tier: read, token: hunter2, limits: {daily_usd: -1} | [1].limits.daily_usd: must be between 1.0E-6 and 1000000.0",
                "caller: a, tier: read, token: hunter2, limits: {hourly_usd: 1} | (known: daily_usd, max_budget_usd, max_tasks, max_turns)",
                "caller: a, tier: read, token: [hunter2] | [1].token: must be a string",
                "caller: a, tier: read, token: ' ' | [1].token: must not be blank",
                "caller: a, tier: read, token_sha256: hunter2 | [1].token_sha256: must be <64 lower-case hex digits>",
                "caller: a, tier: read, token_hash: hunter2 | [1].token_hash: must be sha256:<64 lower-case hex digits>",
                "caller: a, tier: read, token: hunter2, limits: {max_tasks: 0} | [1].limits.max_tasks: must be between 1 and 1000",
                "caller: a, tier: read, token: hunter2, limits: {max_budget_usd: 1e30} | [1].limits.max_budget_usd: must be between 1.0E-6 and 1000000.0",
            })
    @DisplayName("D2.5: a wrong entry is named by its index, its secret never")
    void wrongEntries(String entry, String problem) {
        var yaml = "[{caller: ok, tier: read, token: first}, {" + entry + "}]";

        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("line 1: [1]")
                .hasMessageEndingWith(problem)
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("first");
    }

    @Test
    void exactlyOneSecretAnEntry() {
        for (var secrets : new String[] {"", ", token: a, token_sha256: " + sha256("a")}) {
            assertThatThrownBy(() -> parse("- {caller: a, tier: read" + secrets + "}"))
                    .hasMessageContaining("exactly one of them");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "bearers: []", "", "a string", "{bearers: {a: 1}}", "other: []"})
    void needsEntries(String yaml) {
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("line 1: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token: same", "token_sha256: '%s'", "token_hash: 'sha256:%s'"})
    @DisplayName("T23.3: one secret in two entries refuses the start, whatever form it is in")
    void duplicateSecrets(String second) {
        var yaml = "[{caller: a, tier: read, token: same}, {caller: b, tier: actuate, %s}]"
                .formatted(second.formatted(sha256("same")));

        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessage("entry 1 has the same secret as an earlier one");
    }

    private static Optional<Secret> key(Path directory, String mode, String content) throws Exception {
        var file = Files.writeString(directory.resolve("a.key"), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        var yaml = StrictYaml.read("- {caller: a, tier: actuate, token: secret, key_file: a.key}");
        return BearersFile.parse(yaml, directory.resolve("bearers.yaml"), CLOCK)
                .authenticate("secret")
                .orElseThrow()
                .modelKey();
    }

    @Test
    @DisplayName(
            "D2.3: a model key for a caller that cannot send one lies in a file beside this one, as private as this one")
    void keyFile(@TempDir Path directory) throws Exception {
        var key = key(directory, "rw-------", "sk-ant-0123456789\n").orElseThrow();
        assertThat(key.reveal()).isEqualTo("sk-ant-0123456789");

        assertThatThrownBy(() -> key(directory, "rw-r--r--", "sk-ant-0123456789"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("chmod 600");
        assertThatThrownBy(() -> key(directory, "rw-------", "hunter2-hunter2"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must hold one model key")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> parse("- {caller: a, tier: read, token: x, key_file: nowhere.key}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot be read");
    }
}
