package dev.gatehouse.cli;

import dev.gatehouse.http.HostNames;
import dev.gatehouse.setup.Choices;
import dev.gatehouse.setup.FirstCredential;
import dev.gatehouse.setup.Tailnet;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Asks for every knob of a setup in its order, each after a short explanation; Enter takes the default (dispatcher.md section 15). */
final class GuidedSetup {
    private static final Pattern DNS_NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

    private final Terminal terminal;
    private final PrintWriter out;

    GuidedSetup(Terminal terminal, PrintWriter out) {
        this.terminal = terminal;
        this.out = out;
    }

    /** What a person decided. */
    sealed interface Decision {
        record Chosen(Choices choices) implements Decision {}

        /** They do not want the robot to be served. */
        record Declined() implements Decision {}

        /** Their input ended in the middle. */
        record Aborted() implements Decision {}
    }

    /**
     * Asks everything.
     *
     * @param base what Enter takes
     * @param callers how many callers there are already; without any, at least one token has to be made
     */
    Decision ask(Choices base, int callers) {
        try {
            explain(
                    "Remote dispatch lets other systems give this robot goals over HTTP. Every call of a tool passes the gate, and"
                            + " everything is recorded.");
            if (!yes("Enable remote dispatch", true)) {
                return new Decision.Declined();
            }
            var host = host(base.host());
            var port = port(base.port());
            var grants = grants(base.grants(), callers);
            explain(
                    "systemd starts the server with the machine and again if it fails. The commands for it can be printed; none is"
                            + " run.");
            var systemd = yes("Print the systemd commands", base.systemd());
            var tailnet = tailnet(base.tailnet());
            var name = tailnet == Tailnet.NONE ? Optional.<String>empty() : tailnetName();
            return new Decision.Chosen(new Choices(host, port, grants, systemd, tailnet, name));
        } catch (InputEnded e) {
            return new Decision.Aborted();
        }
    }

    private String host(String usual) throws InputEnded {
        explain("The address to listen on. " + usual
                + " is reached from this machine only, which is right with Tailscale or a TLS" + " proxy in front.");
        while (true) {
            var host = answer("Bind address", usual);
            if (!isAddress(host)) {
                out.println("That is no address. Type one such as 127.0.0.1, or press Enter.");
            } else if (HostNames.isLoopback(host)) {
                return host;
            } else {
                out.println("Other machines can reach " + host
                        + ", and the server itself speaks no TLS there: tokens would be" + " read on the way.");
                if (yes("Is there a TLS proxy in front of it", false)) {
                    return host;
                }
            }
        }
    }

    private static boolean isAddress(String text) {
        try {
            return text.equals("localhost") || InetAddress.ofLiteral(text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private int port(int usual) throws InputEnded {
        explain("The port to listen on. The stop has a listener of its own on port 8081; serve --stop-port moves it.");
        while (true) {
            var text = answer("Port", String.valueOf(usual));
            try {
                var port = Integer.parseInt(text);
                if (port >= 1 && port <= ServeCommand.MAX_PORT) {
                    return port;
                }
            } catch (NumberFormatException e) {
                out.println("That is no number.");
            }
            out.println("A port is a number from 1 to " + ServeCommand.MAX_PORT + ".");
        }
    }

    private Set<FirstCredential> grants(Set<FirstCredential> usual, int callers) throws InputEnded {
        while (true) {
            var grants = EnumSet.noneOf(FirstCredential.class);
            explain("An actuate token lets its bearer move the robot, within ROBOT.md and the policy.");
            offer(grants, FirstCredential.ACTUATE, usual);
            explain("A read token lets its bearer look and ask. It moves nothing.");
            offer(grants, FirstCredential.READ, usual);
            explain(
                    "A stop-only token stops the robot and can do nothing else: right for a phone or a button on the wall.");
            offer(grants, FirstCredential.STOP, usual);
            if (!grants.isEmpty() || callers > 0) {
                return grants;
            }
            out.println("At least one token is needed, or nobody could call.");
        }
    }

    private void offer(Set<FirstCredential> grants, FirstCredential grant, Set<FirstCredential> usual)
            throws InputEnded {
        if (yes("Make " + article(grant) + grant.label().toLowerCase(Locale.ROOT) + " token", usual.contains(grant))) {
            grants.add(grant);
        }
    }

    private static String article(FirstCredential grant) {
        return grant == FirstCredential.ACTUATE ? "an " : "a ";
    }

    private Tailnet tailnet(Tailnet usual) throws InputEnded {
        explain(
                "Tailscale can carry calls from elsewhere, with TLS: serve for the machines of your tailnet, funnel for the whole"
                        + " internet. The command can be printed; none is run.");
        while (true) {
            var word = answer("Tailscale, none, serve or funnel", usual.word()).toLowerCase(Locale.ROOT);
            for (var tailnet : Tailnet.values()) {
                if (tailnet.word().equals(word)) {
                    return tailnet;
                }
            }
            out.println("Type none, serve or funnel.");
        }
    }

    private Optional<String> tailnetName() throws InputEnded {
        explain(
                "Callers will use this machine's name in the tailnet, such as robot.example.ts.net; tailscale status shows it. The"
                        + " server answers to no name it was not told.");
        while (true) {
            var name = answer("Name of this machine, Enter to add it later", "");
            if (name.isEmpty()) {
                return Optional.empty();
            }
            if (DNS_NAME.matcher(name).matches()) {
                return Optional.of(name);
            }
            out.println("That is no DNS name.");
        }
    }

    private boolean yes(String question, boolean usual) throws InputEnded {
        while (true) {
            var word = said(question + (usual ? " [Y/n] " : " [y/N] ")).toLowerCase(Locale.ROOT);
            switch (word) {
                case "" -> {
                    return usual;
                }
                case "y", "yes" -> {
                    return true;
                }
                case "n", "no" -> {
                    return false;
                }
                default -> out.println("Type y or n.");
            }
        }
    }

    private String answer(String question, String usual) throws InputEnded {
        var said = said(question + (usual.isEmpty() ? ": " : " [" + usual + "] "));
        return said.isEmpty() ? usual : said;
    }

    private String said(String question) throws InputEnded {
        return terminal.ask(question).orElseThrow(InputEnded::new).strip();
    }

    private void explain(String what) {
        out.println();
        out.println(what);
        out.flush();
    }

    /** Nobody answers any more; the questions unwind to where they began. */
    private static final class InputEnded extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
