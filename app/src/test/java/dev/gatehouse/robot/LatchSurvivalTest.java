package dev.gatehouse.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.id.Ids;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@DisplayName("D8.6, T15.1: the latch outlives the process, and what cannot be read is latched")
class LatchSurvivalTest {
    @TempDir
    private Path directory;

    private Path file;
    private final FakeChannel channel = new FakeChannel();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeEach
    void nameFile() {
        file = directory.resolve("estop.json");
    }

    @AfterEach
    void closeThreads() throws Exception {
        for (var closeable : opened) {
            closeable.close();
        }
    }

    /** A process start: everything in memory is new, the file is what the last run left. */
    private Interlock start(StopChannel body) {
        var interlock = Interlock.open(
                LatchStore.file(file), body, Ticker.system(), Clock.systemUTC(), new Ids(), StopSettings::standard);
        opened.add(interlock);
        return interlock;
    }

    @Test
    void aLatchOutlivesTheProcessWithItsId() throws Exception {
        var first = start(channel);
        var latch = first.stop("anna", "smoke").latch().orElseThrow();
        first.close();

        var second = start(new FakeChannel());
        assertThat(second.state().latch()).contains(latch);
        assertThat(second.admit()).isInstanceOf(Admission.Latched.class);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    @DisplayName("a start that finds the latch stops the robot again")
    void restartHoldsTheRobot() {
        start(channel).stop("anna", "smoke");
        var body = new FakeChannel();
        var second = start(body);
        await().until(() -> body.halts.get() == 1);
        await().until(() -> !second.state().unacked());
    }

    @Test
    void aClearOutlivesTheProcess() {
        var first = start(channel);
        var id = first.stop("anna", "smoke").latch().orElseThrow().latchId();
        first.clear(id, "bob", "fine", false, () -> {});
        assertThat(start(channel).state().latched()).isFalse();
    }

    @Test
    void noFileIsOpen() {
        assertThat(start(channel).admit()).isInstanceOf(Admission.Admitted.class);
        assertThat(channel.halts).hasValue(0);
    }

    @Test
    @DisplayName(
            "T15.1: a kill at any instant of the write leaves the old file or the new one, and a stray temporary file")
    void killAroundTheWrite() throws Exception {
        LatchStore.file(file).write(new StoredLatch.Latched(new LatchState("est-1", Instant.EPOCH, "anna", "smoke")));
        var whole = Files.readAllBytes(file);
        for (var length = 0; length <= whole.length; length++) {
            Files.write(directory.resolve(".estop.json123.tmp"), Arrays.copyOf(whole, length));
            assertThat(LatchStore.file(file).read()).isInstanceOf(StoredLatch.Latched.class);
        }
    }

    @Test
    @DisplayName("T15.1: a file cut at any byte never reads as open")
    void cutFile() throws Exception {
        for (var latch : List.of(
                new StoredLatch.Latched(new LatchState("est-1", Instant.EPOCH, "anna", "smoke")),
                new StoredLatch.Open(Optional.of("est-1")))) {
            switch (latch) {
                case StoredLatch.Latched latched -> LatchStore.file(file).write(latched);
                case StoredLatch.Open open -> LatchStore.file(file).write(open);
                case StoredLatch.Unreadable _ -> throw new AssertionError();
            }
            var whole = Files.readAllBytes(file);
            for (var length = 0; length < whole.length - 1; length++) {
                Files.write(file, Arrays.copyOf(whole, length));
                assertThat(LatchStore.file(file).read()).isInstanceOf(StoredLatch.Unreadable.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[]",
                "\u0000\u0000\u0000\u0000",
                "{\"v\":1,\"latched\":false}",
                "{\"v\":2,\"latched\":false,\"cleared\":\"\"}",
                "{\"v\":1,\"latched\":\"false\",\"cleared\":\"\"}",
                "{\"v\":1,\"latched\":false,\"cleared\":7}",
                "{\"v\":1,\"latched\":false,\"latched\":false,\"cleared\":\"\"}",
                "{\"v\":1,\"latched\":false,\"cleared\":\"\",\"more\":1}",
                "{\"v\":1,\"latched\":true,\"latch_id\":\"e\",\"since\":\"yesterday\",\"by\":\"a\",\"reason\":\"r\"}"
            })
    void garbageIsLatched(String text) throws Exception {
        Files.writeString(file, text);
        var interlock = start(channel);
        assertThat(interlock.admit()).isInstanceOf(Admission.Latched.class);
        assertThat(interlock.state().latch().orElseThrow().reason()).isEqualTo("the latch file is unreadable");
        await().until(() -> channel.halts.get() == 1);
    }

    @Test
    void aHugeFileOrADirectoryIsLatched() throws Exception {
        Files.writeString(file, " ".repeat(1 << 20));
        assertThat(LatchStore.file(file).read()).isInstanceOf(StoredLatch.Unreadable.class);
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(LatchStore.file(file).read()).isInstanceOf(StoredLatch.Unreadable.class);
    }

    @Test
    void anUnreadableLatchCanBeClearedByAPerson() throws Exception {
        Files.writeString(file, "garbage");
        var interlock = start(channel);
        var id = interlock.state().latch().orElseThrow().latchId();
        await().until(() -> !interlock.state().unacked());
        assertThat(interlock.clear(id, "bob", "disk replaced", false, () -> {}))
                .isInstanceOf(ClearOutcome.Cleared.class);
        assertThat(LatchStore.file(file).read()).isEqualTo(new StoredLatch.Open(Optional.of(id)));
    }

    @Test
    @DisplayName("robot-md 10.7: a stop in one process of the host stops the others, and one clearing opens them all")
    void sharedLatch() throws IOException {
        var one = start(new FakeChannel());
        var other = start(channel);
        opened.add(LatchWatch.start(one, Ticker.system()));
        opened.add(LatchWatch.start(other, Ticker.system()));
        var latch = one.stop("anna", "smoke").latch().orElseThrow();
        await().until(() -> other.state().latch().equals(Optional.of(latch)));
        await().until(() -> channel.halts.get() == 1 && !other.state().unacked());

        assertThat(one.clear(latch.latchId(), "bob", "fine", false, () -> {})).isInstanceOf(ClearOutcome.Cleared.class);
        await().until(() -> !other.state().latched());
        assertThat(one.state().latched()).isFalse();
    }

    @Test
    @DisplayName("D8.10: a latch file that vanishes opens nothing and is written again")
    void vanishedFile() throws IOException {
        var interlock = start(channel);
        var latch = interlock.stop("anna", "smoke").latch().orElseThrow();
        Files.delete(file);
        opened.add(LatchWatch.start(interlock, Ticker.system()));
        await().until(() -> Files.exists(file));
        assertThat(interlock.state().latch()).contains(latch);
    }
}
