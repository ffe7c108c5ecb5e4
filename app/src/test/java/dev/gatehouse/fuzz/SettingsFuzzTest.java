package dev.gatehouse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.agent.Prices;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.gate.BearersFile;
import dev.gatehouse.gate.Policy;
import dev.gatehouse.gate.PolicyText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a file of the operator, it is taken as it stands or refused with a message, and a policy can be shown. */
class SettingsFuzzTest {
    private static final Path FILE = file();

    private static Path file() {
        try {
            return Files.createTempFile(
                    "fuzz",
                    ".yaml",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<byte[]> seeds() {
        return Stream.of(PolicyText.of(Policy.builtIn()), """
                        version: 1
                        tools: {render: {approval: always}}
                        stop: {escalate: [hook], hook: [/bin/x]}
                        local_operators: {0: [admin], 1000: [stop]}
                        limits: {daily_usd: 1e3, max_tasks: 0x4}
                        """, """
                        bearers:
                        - {caller: a, tier: read, token: 0123456789abcdef0123456789abcdef}
                        - {caller: b, tier: actuate, roles: [admin], expires: 2030-01-01T00:00:00Z, may_act_for: [a]}
                        """, """
                        version: "1"
                        models: {m: {input: 3, output: 15}}
                        """, "- &a [*a]\n", "? [x]\n: {<<: {a: 1}}\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void takenOrRefused(byte[] bytes) throws Exception {
        var text = new String(bytes, StandardCharsets.UTF_8);
        policy(text);
        try {
            var _ = Prices.read(text);
        } catch (ConfigException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        Files.write(FILE, bytes);
        try {
            var _ = BearersFile.read(FILE, Clock.systemUTC());
        } catch (ConfigException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void policy(String text) throws ConfigException {
        Policy policy;
        try {
            policy = Policy.read(StrictYaml.read(text));
        } catch (ConfigException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        var shown = PolicyText.of(policy);
        assertThat(PolicyText.of(Policy.read(StrictYaml.read(shown)))).isEqualTo(shown);
    }
}
