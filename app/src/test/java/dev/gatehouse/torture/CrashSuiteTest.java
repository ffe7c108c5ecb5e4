package dev.gatehouse.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.torture.FaultyHost.Disk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills, faults and frozen moments; {@code GATEHOUSE_TORTURE_TASKS} says how many orders the campaign under load has at least. */
class CrashSuiteTest {
    private static final int TASKS = Optional.ofNullable(System.getenv("GATEHOUSE_TORTURE_TASKS"))
            .map(Integer::parseInt)
            .orElse(300);
    private static final boolean LONG = TASKS >= 1_000;
    private static final int EACH_ROUND = 100;
    private static final long SEED = Optional.ofNullable(System.getenv("GATEHOUSE_TORTURE_SEED"))
            .map(Long::parseLong)
            .orElse(20261120L);

    private final Random random = new Random(SEED);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Campaign campaign;

    @BeforeEach
    void onAFaultyHost() throws Exception {
        var possible = FaultyHost.possible();
        assertThat(possible || System.getenv("CI") == null).as("a C compiler").isTrue();
        assumeTrue(possible, "SKIPPED: the crash suite needs Linux and /usr/bin/cc");
        campaign = Campaign.in(directory);
    }

    @Test
    @DisplayName(
            "B1, D14.1: killed at each write boundary in the life of a task, whole or torn, it is neither lost nor done twice")
    void everyBoundary() throws Exception {
        var step = LONG ? 1 : 7;
        var outlived = false;
        for (var boundary = 1; !outlived; boundary += step) {
            try (var victim = campaign.startSound()) {
                campaign.host().killAt(boundary, random.nextBoolean());
                campaign.tap(victim);
                outlived = campaign.settled(victim);
                campaign.bury(victim);
            }
        }
        try (var last = campaign.startSound()) {
            campaign.addUp(last);
        }
    }

    @Test
    @DisplayName("B1, D1.6: killed at each write boundary of its recovery, it recovers all the same the next time")
    void duringRecovery() throws Exception {
        var step = LONG ? 1 : 11;
        var outlived = false;
        for (var boundary = 1; !outlived; boundary += step) {
            try (var victim = campaign.startSound()) {
                campaign.load(victim, 8);
                campaign.bury(victim);
            }
            campaign.host().killAt(boundary, random.nextBoolean());
            var recovering = campaign.start();
            outlived = recovering.isPresent();
            if (outlived) {
                campaign.bury(recovering.get());
            }
        }
        try (var last = campaign.startSound()) {
            campaign.addUp(last);
        }
    }

    @Test
    @DisplayName(
            "B1, T13.1, T20.4: killed at random moments under load, and on disks that fail before, nothing is lost or done twice")
    void underLoad() throws Exception {
        while (campaign.taken() < TASKS) {
            try (var victim = campaign.startSound()) {
                if (random.nextInt(3) == 0) {
                    disturb(victim);
                }
                campaign.host().killAt(1 + random.nextInt(EACH_ROUND * 6), random.nextBoolean());
                campaign.load(victim, EACH_ROUND);
                campaign.bury(victim);
            }
        }
        try (var last = campaign.startSound()) {
            campaign.addUp(last);
        }
    }

    /** A disk that fails for a while: nothing is taken on it, the stop works, and afterwards all is as before. */
    private void disturb(VictimProcess victim) throws Exception {
        var disks = List.of(Disk.FULL, Disk.BROKEN, Disk.READ_ONLY, Disk.STALLED);
        var caller = inBackground(victim, EACH_ROUND / 4);
        campaign.host().disk(disks.get(random.nextInt(disks.size())));
        var stop = victim.client().stop();
        assertThat(stop.status()).as("the stop on a failing disk").isEqualTo(200);
        assertThat(stop.body().path("stop").path("acked").booleanValue()).isTrue();
        campaign.host().disk(Disk.SOUND);
        caller.get();
        await().until(() -> victim.client().clear().status() == 200);
    }

    @Test
    @DisplayName("B13, T26.1: a wall clock that jumps a day to and fro ends no task and loses none")
    void clockSteps() throws Exception {
        try (var victim = campaign.startSound()) {
            for (var step : List.of(Duration.ofDays(1), Duration.ofDays(-1), Duration.ZERO)) {
                campaign.load(victim, EACH_ROUND / 2);
                campaign.host().moveClock(step);
                campaign.load(victim, EACH_ROUND / 2);
            }
            campaign.addUp(victim);
        }
    }

    @Test
    @DisplayName(
            "B12, T17.2: a process that was frozen for longer than a lease lasts loses nothing and does nothing twice")
    void frozen() throws Exception {
        try (var victim = campaign.startSound()) {
            var caller = inBackground(victim, EACH_ROUND / 2);
            victim.freeze(6_000);
            caller.get();
            campaign.addUp(victim);
        }
    }

    private FutureTask<Boolean> inBackground(VictimProcess victim, int count) {
        var task = new FutureTask<>(() -> {
            campaign.load(victim, count);
            return true;
        });
        Thread.ofVirtual().start(task);
        return task;
    }
}
