package dev.gatehouse.agent.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class RehearsalServerTest {
    @Test
    void itListensOnTheGivenPortOfLoopbackOnly() throws Exception {
        int port;
        try (var first = RehearsalServer.start(ScriptLibrary.builtIn(), 0)) {
            port = first.port();
            assertThat(first.url()).isEqualTo("http://127.0.0.1:" + port);
            for (var other : NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .toList()) {
                assertThatThrownBy(() -> new Socket(other, first.port()).close())
                        .isInstanceOf(ConnectException.class);
            }
        }
        try (var second = RehearsalServer.start(ScriptLibrary.builtIn(), port)) {
            assertThat(second.port()).isEqualTo(port);
        }
    }

    @Test
    void aTakenPortIsRefused() {
        try (var first = RehearsalServer.start(ScriptLibrary.builtIn(), 0)) {
            assertThatThrownBy(() -> RehearsalServer.start(ScriptLibrary.builtIn(), first.port()))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void afterClosingNobodyListens() {
        var server = RehearsalServer.start(ScriptLibrary.builtIn(), 0);
        server.close();

        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), server.port()).close())
                .isInstanceOf(ConnectException.class);
    }
}
