package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SourceCapTest {
    @Test
    @DisplayName("T12.1: one address gets as many connections as it may, and others are not affected")
    void cap() {
        var cap = new SourceCap(2, Set.of());

        assertThat(cap.enter("a")).isTrue();
        assertThat(cap.enter("a")).isTrue();
        assertThat(cap.enter("a")).isFalse();
        assertThat(cap.enter("b")).isTrue();
        cap.leave("a");
        assertThat(cap.enter("a")).isTrue();
    }

    @Test
    @DisplayName("T12.3: an address without connections is forgotten")
    void forgets() {
        var cap = new SourceCap(2, Set.of());
        for (var i = 0; i < 1000; i++) {
            assertThat(cap.enter("address " + i)).isTrue();
            cap.leave("address " + i);
        }

        assertThat(cap.sources()).isZero();
    }

    @Test
    @DisplayName("T25: a proxy speaks for many")
    void proxies() {
        var cap = new SourceCap(1, Set.of("proxy"));

        assertThat(cap.enter("proxy")).isTrue();
        assertThat(cap.enter("proxy")).isTrue();
        cap.leave("proxy");
        assertThat(cap.sources()).isZero();
    }

    @Test
    @DisplayName("T12.1: however many come at once, the cap holds")
    void atOnce() throws Exception {
        var cap = new SourceCap(10, Set.of());
        var together = new CyclicBarrier(64);
        var entered = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 64; i++) {
                var _ = threads.submit(() -> {
                    together.await();
                    if (cap.enter("a")) {
                        entered.incrementAndGet();
                    }
                    return null;
                });
            }
        }

        assertThat(entered).hasValue(10);
    }
}
