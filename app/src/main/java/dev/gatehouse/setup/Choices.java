package dev.gatehouse.setup;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The knobs that a setup has, in the order they are asked (dispatcher.md section 15).
 *
 * @param host address to listen on
 * @param port port to listen on, 1 to 65535
 * @param grants the credentials to make
 * @param systemd whether the commands that make a service of it are wanted
 * @param tailnet whether, and for whom, the commands that let Tailscale carry calls are wanted
 * @param tailnetName name of this machine in its tailnet, which callers then use for the server (D17.7)
 */
public record Choices(
        String host,
        int port,
        Set<FirstCredential> grants,
        boolean systemd,
        Tailnet tailnet,
        Optional<String> tailnetName) {
    static final String HOST = "127.0.0.1";
    static final int PORT = 8080;

    public Choices {
        grants = Set.copyOf(grants);
    }

    /** What Enter, or {@code --yes}, takes everywhere. */
    public static Choices defaults() {
        return new Choices(HOST, PORT, Set.of(FirstCredential.ACTUATE), false, Tailnet.NONE, Optional.empty());
    }

    /** The grants in their order. */
    Set<FirstCredential> ordered() {
        var all = EnumSet.noneOf(FirstCredential.class);
        all.addAll(grants);
        return all;
    }
}
