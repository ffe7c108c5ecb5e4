package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.gatehouse.agent.embedded.EngineSettings;
import dev.gatehouse.audit.AppendFile;
import dev.gatehouse.audit.AuditDisk;
import dev.gatehouse.robot.Driver;
import dev.gatehouse.robot.sim.SimFaults;
import dev.gatehouse.web.Listen;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broken gate needs a broken build, see {@code cli.BrokenGateTest}. */
@DisplayName("D16.2: what does not work is found before anybody is served")
class SelfTestTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    private ServerConfig config(int port) throws Exception {
        TestServer.Builder.files(home, Optional.empty());
        return new ServerConfig(
                new Listen("127.0.0.1", port, Set.of(), Set.of()),
                0,
                Optional.of(home.resolve("ROBOT.md")),
                home.resolve("bearers.yaml"),
                home.resolve("state"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new ServerConfig.DriverChoice.Simulated(Optional.empty()),
                "rehearsal",
                EngineSettings.DEFAULT_MODEL,
                EngineSettings.PUBLIC_API,
                ServerConfig.Rehearsal.WHEN_HARMLESS);
    }

    /** Starts with a port that is free, so that it would be taken by a server that served in spite of it all. */
    private void refused(Surroundings surroundings, String why) throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var config = config(port);

        assertThat(catchThrowable(() -> Server.start(config, surroundings).close()))
                .asInstanceOf(type(StartFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(StartFailure.Kind.SELF_TEST);
                    assertThat(failure.kind().exitCode()).isEqualTo(3);
                })
                .extracting(Throwable::getMessage)
                .asString()
                .contains("self-test failed: ", why);
        try (var again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(again.isBound()).isTrue();
        }
    }

    @Test
    @DisplayName("T22.2: a stop that the robot never confirms")
    void stopNotConfirmed() throws Exception {
        var faults = new SimFaults();
        faults.neverAcknowledge();

        refused(Surroundings.real().withFaults(faults), "did not confirm a stop");
    }

    @Test
    @DisplayName("a stop channel that is not there, although no stop is sent to find out")
    void stopChannelSilent() throws Exception {
        refused(Surroundings.real().withDriver(SelfTestTest::silent), "stop channel does not answer");
    }

    /** The driver, with its stop channel gone. */
    private static Driver silent(Driver driver) {
        return (Driver) Proxy.newProxyInstance(
                Driver.class.getClassLoader(),
                new Class<?>[] {Driver.class},
                (proxy, method, arguments) ->
                        method.getName().equals("answers") ? false : method.invoke(driver, arguments));
    }

    @Test
    @DisplayName("an audit whose records do not come back")
    void auditThatForgets() throws Exception {
        refused(Surroundings.real().withAuditDisk(new Forgetful()), "audit");
    }

    @Test
    @DisplayName("sound parts are served")
    void sound() throws Exception {
        try (var server = Server.start(config(0), Surroundings.real())) {
            assertThat(server.port()).isPositive();
        }
    }

    /** A disk that takes every record, confirms it, and keeps nothing. */
    private static final class Forgetful implements AuditDisk {
        private final AuditDisk disk = AuditDisk.real();

        @Override
        public AppendFile open(Path file) throws IOException {
            var real = disk.open(file);
            return new AppendFile() {
                private long pretended;

                @Override
                public void append(ByteBuffer bytes) {
                    pretended += bytes.remaining();
                    bytes.position(bytes.limit());
                }

                @Override
                public void force() throws IOException {
                    real.force();
                }

                @Override
                public long size() throws IOException {
                    return real.size() + pretended;
                }

                @Override
                public void truncate(long size) throws IOException {
                    real.truncate(Math.min(size, real.size()));
                }

                @Override
                public void close() throws IOException {
                    real.close();
                }
            };
        }

        @Override
        public void replace(Path file, byte[] content) throws IOException {
            disk.replace(file, content);
        }
    }
}
