package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.setup.TokenRegister;
import dev.gatehouse.setup.TokenRegister.Delivery;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One verb about the credentials of a bearers file. */
abstract class TokensVerb implements Callable<Integer> {
    @Option(
            names = "--bearers",
            paramLabel = "FILE",
            defaultValue = "${env:ROBOT_MD_BEARERS_FILE:-bearers.yaml}",
            description = "The file. Default: ROBOT_MD_BEARERS_FILE, else bearers.yaml here.")
    private Path bearers = Path.of("bearers.yaml");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    abstract void run(TokenRegister register) throws ConfigException;

    @Override
    public final Integer call() {
        try {
            run(new TokenRegister(bearers, new SecureRandom(), Clock.systemUTC()));
            return 0;
        } catch (ConfigException e) {
            say(String.valueOf(e.getMessage()));
            return 1;
        } finally {
            out().flush();
        }
    }

    final CommandSpec spec() {
        return spec;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final void say(String line) {
        spec.commandLine().getErr().println("gatehouse tokens: " + line);
        spec.commandLine().getErr().flush();
    }

    /** A verb that makes a token. */
    abstract static class Minting extends TokensVerb {
        private static final String TAKEN = "; a running server takes it within two seconds";

        @Option(
                names = "--token-out",
                paramLabel = "FILE",
                description = "Where --no-token-stdout writes it. Default: CALLER.token here.")
        private @Nullable Path tokenOut;

        @Option(names = "--no-token-stdout", description = "Show no token; write it to a new file only you can read.")
        private boolean noTokenStdout;

        final Delivery delivery(String caller) {
            return noTokenStdout || tokenOut != null
                    ? new Delivery.Written(tokenOut == null ? Path.of(caller + ".token") : tokenOut)
                    : new Delivery.Shown();
        }

        final void hand(Secret token, Delivery delivery, String done) {
            try (token) {
                switch (delivery) {
                    case Delivery.Shown() -> {
                        say(done + TAKEN + ". Its token, shown this once:");
                        out().println(token.reveal());
                    }
                    case Delivery.Written(var file) -> say(done + TAKEN + ". Its token is in " + file + " (0600)");
                }
            }
        }
    }
}
