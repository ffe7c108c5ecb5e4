package dev.gatehouse.config;

/** A configuration file that cannot be used. The message names the place and the rule, never a value. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }
}
