package dev.gatehouse.server;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.gate.Policy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** The policy in force: that of the operator's file as it was when it was last taken, else the built-in one (D16.4). */
final class PolicyFile implements Supplier<Policy> {
    private final Optional<Path> file;
    private volatile Policy policy;

    /** Reads the file for the first time. */
    PolicyFile(Optional<Path> file) throws ConfigException {
        this.file = file;
        this.policy = Policy.in(file);
    }

    @Override
    public Policy get() {
        return policy;
    }

    /** What the file says now; {@link #take} puts it in force. */
    Policy read() throws ConfigException {
        return Policy.in(file);
    }

    void take(Policy other) {
        policy = other;
    }
}
