package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.gate.PrivateFile;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.server.ServerFile;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a verb talks to, and with whose token. A token never stands on a command line, where everybody can read it. */
final class ServerOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The server, for example https://robot.tailnet.ts.net. Default: the one that owns the state"
                    + " directory.")
    private @Nullable URI url;

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

    /** The way to the server these options name. */
    ServerConnection connect(Terminal terminal) throws ConfigException {
        var origin = origin();
        return new ServerConnection(origin, token(terminal));
    }

    private String origin() throws ConfigException {
        if (url != null) {
            return checked(url);
        }
        var state = stateDirectory == null ? StatePath.standard() : stateDirectory;
        var server = ServerFile.read(state)
                .orElseThrow(() -> new ConfigException("no server runs on " + state
                        + "; start one with gatehouse serve, or name another with --url or --state-dir"));
        if (!server.alive()) {
            throw new ConfigException("the server of " + state + " is gone without an orderly end (process "
                    + server.pid() + "); start it again, or name another with --url");
        }
        return server.url();
    }

    private static String checked(URI given) throws ConfigException {
        var host = given.getHost();
        if (host == null || given.getUserInfo() != null) {
            throw new ConfigException("--url: give a scheme and a host, for example https://robot.example");
        }
        if (!"https".equals(given.getScheme()) && !("http".equals(given.getScheme()) && isLoopback(host))) {
            throw new ConfigException("--url: a token goes over https, or stays on this machine");
        }
        var text = given.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static boolean isLoopback(String host) {
        try {
            return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Secret token(Terminal terminal) throws ConfigException {
        var text =
                tokenFile == null ? System.getenv().getOrDefault("GATEHOUSE_TOKEN", "") : PrivateFile.text(tokenFile);
        if (text.isBlank()) {
            text = terminal.askHidden("Token: ").orElse("");
        }
        // Nothing else can stand in a header, and a line break in one must not become a second header.
        if (!text.strip().matches("[\\x21-\\x7e]{1,512}")) {
            throw new ConfigException("no token: set GATEHOUSE_TOKEN, or name a file with --token-file");
        }
        return Secret.of(text.strip());
    }
}
