package dev.gatehouse.robot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LatchWordTest {
    private static final int RACES = 10_000;

    @Test
    @DisplayName("T14.2: in 10 000 real races no call is handed over after the latch is set")
    void noHandOverAfterTheLatch() throws Exception {
        var words = new ArrayList<LatchWord>();
        for (var i = 0; i < RACES; i++) {
            words.add(new LatchWord());
        }
        var begun = new boolean[RACES];
        var sawLatchFirst = new boolean[RACES];
        var liveAfterStop = new boolean[RACES];
        var latched = new AtomicBoolean[RACES];
        for (var i = 0; i < RACES; i++) {
            latched[i] = new AtomicBoolean();
        }
        var barrier = new CyclicBarrier(2);
        var stopper = Thread.ofPlatform().start(() -> {
            for (var i = 0; i < RACES; i++) {
                meet(barrier);
                spin(i % 13);
                words.get(i).latch();
                latched[i].set(true);
            }
        });
        for (var i = 0; i < RACES; i++) {
            var word = words.get(i);
            var permit = new Permit(word, word.read());
            meet(barrier);
            spin(i % 7);
            sawLatchFirst[i] = latched[i].get();
            begun[i] = permit.begin();
            liveAfterStop[i] = latched[i].get() && permit.live();
        }
        stopper.join();
        var handedOver = 0;
        for (var i = 0; i < RACES; i++) {
            assertThat(begun[i] && sawLatchFirst[i])
                    .as("handed over after the latch, race %d", i)
                    .isFalse();
            assertThat(liveAfterStop[i]).as("live after the latch, race %d", i).isFalse();
            handedOver += begun[i] ? 1 : 0;
        }
        // Both orders must occur, or this was no race.
        assertThat(handedOver).isBetween(1, RACES - 1);
    }

    @Test
    @DisplayName(
            "T14.2: in every order of admit, begin, stop, protective stop and clear, a hand-over needs an unbroken permit")
    void everyOrderOfOperations() {
        var orders = new ArrayList<List<Step>>();
        orders(new ArrayList<>(), orders);
        for (var order : orders) {
            check(order);
        }
        assertThat(orders).hasSize(5 * 5 * 5 * 5 * 5 * 5);
    }

    @Test
    void aPermitBeginsOnce() {
        var word = new LatchWord();
        var permit = new Permit(word, word.read());
        assertThat(permit.begin()).isTrue();
        assertThat(permit.begin()).isFalse();
        assertThat(permit.live()).isTrue();
    }

    @Test
    void aStopWhileItIsBeingClearedKeepsTheLatch() {
        var word = new LatchWord();
        word.latch();
        var seen = word.read();
        assertThat(word.latch()).isFalse();
        assertThat(word.open(seen)).isFalse();
        assertThat(LatchWord.latched(word.read())).isTrue();
    }

    private enum Step {
        ADMIT,
        BEGIN,
        STOP,
        PROTECTIVE,
        CLEAR
    }

    private static void orders(List<Step> prefix, List<List<Step>> into) {
        if (prefix.size() == 6) {
            into.add(List.copyOf(prefix));
            return;
        }
        for (var step : Step.values()) {
            prefix.add(step);
            orders(prefix, into);
            prefix.removeLast();
        }
    }

    /** Runs the real word against a model with two booleans: latched, and stopped since the last admission. */
    private static void check(List<Step> order) {
        var word = new LatchWord();
        var latched = false;
        Permit permit = null;
        var broken = true;
        var used = false;
        for (var step : order) {
            switch (step) {
                case ADMIT -> {
                    if (!latched) {
                        permit = new Permit(word, word.read());
                        broken = false;
                        used = false;
                    }
                }
                case BEGIN -> {
                    if (permit != null) {
                        assertThat(permit.begin()).as("%s", order).isEqualTo(!broken && !used);
                        used = true;
                    }
                }
                case STOP -> {
                    assertThat(word.latch()).isEqualTo(!latched);
                    latched = true;
                    broken = true;
                }
                case PROTECTIVE -> {
                    word.endPermits();
                    broken = true;
                }
                case CLEAR -> {
                    if (latched) {
                        assertThat(word.open(word.read())).isTrue();
                        latched = false;
                    }
                }
            }
            assertThat(LatchWord.latched(word.read())).isEqualTo(latched);
            if (permit != null) {
                assertThat(permit.live()).as("%s", order).isEqualTo(!broken);
            }
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void spin(int rounds) {
        for (var i = 0; i < rounds; i++) {
            Thread.onSpinWait();
        }
    }
}
