package dev.gatehouse.config;

/** A configuration file that cannot be used. The message names the place and the rule, never a value. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    /** A problem at a line, counted from 1. */
    static ConfigException at(int line, String problem) {
        return new ConfigException("line " + line + ": " + problem);
    }

    /** The same problem, as one of a named file. */
    ConfigException in(String file) {
        return new ConfigException(file + ", " + getMessage());
    }
}
