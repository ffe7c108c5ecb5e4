package dev.gatehouse.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditSettings;
import dev.gatehouse.file.FileIdentity;
import dev.gatehouse.secret.Redactor;
import dev.gatehouse.time.ManualTicker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** D2.8, with the clocks in the test's hand. */
class BearersWatchTest {
    private static final String ANNA = "- {caller: anna, tier: actuate, roles: [approve], token: anna-secret}\n";
    private static final String BERT = "- {caller: bert, tier: read, token: bert-secret}\n";

    @TempDir
    private Path directory;

    private final HandClock clock = new HandClock();
    private final ManualTicker ticker = new ManualTicker();
    private final AtomicInteger weakened = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @SuppressWarnings("NullAway.Init")
    private AuditLog audit;

    @SuppressWarnings("NullAway.Init")
    private Credentials credentials;

    @SuppressWarnings("NullAway.Init")
    private BearersWatch watch;

    @BeforeEach
    void open() throws Exception {
        file = directory.resolve("bearers.yaml");
        write(ANNA + BERT);
        audit = AuditLog.open(AuditSettings.of(directory.resolve("audit"), "b-test"));
        var seen = FileIdentity.of(file);
        credentials = BearersFile.read(file, clock);
        watch = new BearersWatch(
                file,
                seen,
                credentials,
                new Redactor(credentials::knows),
                audit,
                weakened::incrementAndGet,
                clock,
                ticker);
    }

    @AfterEach
    void close() throws Exception {
        watch.close();
        audit.close();
    }

    private void write(String yaml) throws Exception {
        Files.writeString(file, yaml);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** The changes of credentials that were recorded. */
    private List<JsonNode> changes() throws Exception {
        return audit.read(0, 100).stream()
                .map(JsonNode.class::cast)
                .filter(record -> record.path("event").asString().equals("token_change"))
                .toList();
    }

    private JsonNode change() throws Exception {
        await().until(() -> !changes().isEmpty());
        assertThat(changes()).hasSize(1);
        return changes().getFirst();
    }

    private Principal anna() {
        return credentials.authenticate("anna-secret").orElseThrow();
    }

    @Test
    @DisplayName("D2.8: an entry that is removed is revoked at once, and only that one")
    void removed() throws Exception {
        var anna = anna();
        write(BERT);
        watch.look();

        assertThat(credentials.authenticate("anna-secret")).isEmpty();
        assertThat(credentials.alive(anna)).isFalse();
        assertThat(credentials.authenticate("bert-secret")).isPresent();
        assertThat(weakened).hasValue(1);
        assertThat(change().path("removed").get(0).path("caller").asString()).isEqualTo("anna");
        assertThat(change().path("removed").get(0).path("credential").asString())
                .isEqualTo(anna.credentialId());
    }

    @Test
    @DisplayName("D2.8: an entry that is added counts at once, and nobody loses anything by it")
    void added() throws Exception {
        write(ANNA + BERT + "- {caller: carl, tier: read, token: carl-secret}\n");
        watch.look();

        assertThat(credentials.authenticate("carl-secret")).isPresent();
        assertThat(credentials.covers(anna())).isTrue();
        assertThat(weakened).hasValue(0);
        assertThat(change().path("added").get(0).path("caller").asString()).isEqualTo("carl");
    }

    @Test
    @DisplayName("D2.8: a credential that loses its tier or a role no longer covers whoever came in with it")
    void demoted() throws Exception {
        var anna = anna();
        write(ANNA.replace("actuate", "read") + BERT);
        watch.look();
        assertThat(credentials.alive(anna)).isTrue();
        assertThat(credentials.covers(anna)).isFalse();
        assertThat(weakened).hasValue(1);
        assertThat(change().path("changed").get(0).path("caller").asString()).isEqualTo("anna");

        write(ANNA.replace("[approve]", "[]") + BERT);
        watch.look();
        assertThat(credentials.covers(anna)).isFalse();
        assertThat(credentials.covers(anna())).isTrue();
    }

    @Test
    @DisplayName("D2.8: a credential that expires is found at the next look, without any change of the file")
    void expired() throws Exception {
        write(BERT + ANNA.replace("}", ", expires: 2026-11-20T10:00:00Z}"));
        watch.look();
        var anna = anna();
        weakened.set(0);

        clock.set(Instant.parse("2026-11-20T09:59:59Z"));
        watch.look();
        assertThat(weakened).hasValue(0);

        clock.set(Instant.parse("2026-11-20T10:00:00Z"));
        watch.look();
        watch.look();
        assertThat(weakened).hasValue(1);
        assertThat(credentials.covers(anna)).isFalse();
        await().until(() -> changes().size() == 2);
        assertThat(changes().getLast().path("expired").get(0).path("caller").asString())
                .isEqualTo("anna");
    }

    @Test
    @DisplayName("D2.8: a broken new file keeps the old set and alarms once; no secret is in the alarm")
    void broken() throws Exception {
        write(ANNA + "- {caller: bert, tier: king, token: hunter2-hunter2-hunter2}\n");
        watch.look();
        watch.look();

        assertThat(anna().tier()).isEqualTo(Tier.ACTUATE);
        assertThat(credentials.authenticate("bert-secret")).isPresent();
        assertThat(weakened).hasValue(0);
        assertThat(change().path("outcome").asString()).isEqualTo("rejected");
        assertThat(change().path("problem").asString()).contains("[1].tier");
        assertThat(change().toString()).doesNotContain("hunter2").doesNotContain("anna-secret");

        write(BERT);
        watch.look();
        assertThat(credentials.authenticate("anna-secret")).isEmpty();
    }

    @Test
    @DisplayName("D2.8: a file that is gone, or that others may read, is a broken one")
    void goneOrOpen() throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.writeString(file, "- {caller: evil, tier: actuate, token: evil-secret}\n");
        watch.look();
        assertThat(credentials.authenticate("evil-secret")).isEmpty();
        assertThat(credentials.authenticate("anna-secret")).isPresent();

        Files.delete(file);
        watch.look();
        assertThat(credentials.authenticate("anna-secret")).isPresent();
        await().until(() -> changes().size() == 2);
    }

    @Test
    @DisplayName("D2.8: the file is looked at at least every two seconds")
    void looksByItself() throws Exception {
        watch.start();
        await().until(() -> ticker.sleepers() == 1);
        write(BERT);
        ticker.advance(Duration.ofSeconds(2));

        await().until(() -> credentials.authenticate("anna-secret").isEmpty());
    }
}
