package dev.gatehouse.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForgeryTest {
    private static final String ALICE = "{\"actor\":{\"caller\":\"alice\"},\"event\":\"gate_deny\"}";
    private static final String START = "{\"actor\":null,\"event\":\"start\"}";
    private static final String BOB = "{\"actor\":{\"caller\":\"bob\"},\"event\":\"gate_deny\"}";

    private static int bitsChanged(List<String> lines) {
        var log = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        var forged = Forgery.on(lines).applyTo(log);
        assertThat(forged).hasSameSizeAs(log);
        var bits = 0;
        for (var i = 0; i < log.length; i++) {
            bits += Integer.bitCount((log[i] ^ forged[i]) & 0xff);
        }
        return bits;
    }

    @Test
    void bobsRefusalIsTurnedIntoSomebodyElsesWithOneBit() {
        var lines = List.of(ALICE, START, BOB);
        assertThat(Forgery.on(lines).number()).isEqualTo(3);
        assertThat(bitsChanged(lines)).isEqualTo(1);
    }

    @Test
    void withoutSuchARecordTheOneInTheMiddleHasToServe() {
        var lines = List.of(START, ALICE, START);
        assertThat(Forgery.on(lines).number()).isEqualTo(2);
        assertThat(bitsChanged(lines)).isEqualTo(1);
    }
}
