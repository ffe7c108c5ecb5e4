package dev.gatehouse.cli;

import dev.gatehouse.client.ServerConnection;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.gate.PrivateFile;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.server.ServerFile;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a verb talks to, and with whose token. A token never stands on a command line, where everybody can read it. */
final class ServerOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The server, for example https://robot.tailnet.ts.net. Default: GATEHOUSE_URL, else the one that"
                            + " owns the state directory.")
    private List<String> urls = new ArrayList<>();

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "State directory of the server. Default: STATE_DIRECTORY, else ~/.local/state/gatehouse.")
    private @Nullable Path stateDirectory;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with your token. Default: GATEHOUSE_TOKEN, else a question on the terminal.")
    private @Nullable Path tokenFile;

    /** The way to the one server these options name. */
    ServerConnection connect(Terminal terminal) throws ConfigException, NoServerException {
        if (urls.size() > 1) {
            throw new ConfigException("--url: name one server");
        }
        var named = urls();
        if (!named.isEmpty()) {
            return to(named.getFirst(), required(token(terminal)));
        }
        var server = localServer();
        return local(server, server.socket().isPresent() ? givenToken() : token(terminal));
    }

    /** The addresses that were named, as they were typed. */
    List<String> urls() {
        var variable = System.getenv().getOrDefault("GATEHOUSE_URL", "").strip();
        return urls.isEmpty() && !variable.isEmpty() ? List.of(variable.split("\\s+")) : List.copyOf(urls);
    }

    /** The server that owns the state directory. */
    ServerFile localServer() throws NoServerException {
        var state = stateDirectory == null ? StatePath.standard() : stateDirectory;
        var server = ServerFile.read(state)
                .orElseThrow(() -> new NoServerException("no server runs on " + state
                        + "; start one with gatehouse serve, or name another with --url or --state-dir"));
        if (!server.alive()) {
            throw new NoServerException("the server of " + state + " is gone without an orderly end (process "
                    + server.pid() + "); start it again, or name another with --url");
        }
        return server;
    }

    /** The way to a server of this machine: by its socket, which knows who asks, else by its port. */
    static ServerConnection local(ServerFile server, Optional<Secret> token) throws ConfigException {
        return server.socket().isPresent()
                ? ServerConnection.local(server.socket().get(), token)
                : ServerConnection.to(server.url(), required(token));
    }

    /** The way to a server by its address. */
    static ServerConnection to(String address, Secret token) throws ConfigException {
        return ServerConnection.to(checked(address), token);
    }

    private static String checked(String address) throws ConfigException {
        var given = uri(address);
        var host = given.getHost();
        if (host == null || given.getUserInfo() != null || given.getQuery() != null) {
            throw new ConfigException("--url: give a scheme and a host, for example https://robot.example");
        }
        if (!"https".equals(given.getScheme()) && !("http".equals(given.getScheme()) && isLoopback(host))) {
            throw new ConfigException("--url: a token goes over https, or stays on this machine");
        }
        return given.toString().replaceFirst("/+$", "");
    }

    private static URI uri(String address) throws ConfigException {
        try {
            return URI.create(address);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--url: that is no address; give one like https://robot.example");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The token that was given, or is typed now. */
    Optional<Secret> token(Terminal terminal) throws ConfigException {
        var given = givenToken();
        return given.isPresent()
                ? given
                : headerValue(terminal.askHidden("Token: ").orElse(""));
    }

    /** The token of the file or the variable. */
    Optional<Secret> givenToken() throws ConfigException {
        return headerValue(
                tokenFile == null ? System.getenv().getOrDefault("GATEHOUSE_TOKEN", "") : PrivateFile.text(tokenFile));
    }

    /** Nothing else can stand in a header, and a line break in one must not become a second header. */
    static Optional<Secret> headerValue(String text) throws ConfigException {
        if (text.isBlank()) {
            return Optional.empty();
        }
        if (!text.strip().matches("[\\x21-\\x7e]{1,512}")) {
            throw new ConfigException(
                    "that is no token and no key: 1 to 512 visible ASCII characters, and nothing else");
        }
        return Optional.of(Secret.of(text.strip()));
    }

    private static Secret required(Optional<Secret> token) throws ConfigException {
        return token.orElseThrow(
                () -> new ConfigException("no token: set GATEHOUSE_TOKEN, or name a file with --token-file"));
    }
}
