package dev.gatehouse.setup;

/** A credential that a setup can make: a caller, what it may do, and the file its token is written to if it is not shown. */
public enum FirstCredential {
    /** Gives goals and moves the robot. */
    ACTUATE("Actuate", "actuate-default", "actuate", "actuate.token"),
    /** Looks and reads, moves nothing. */
    READ("Read", "read-default", "read", "read.token"),
    /** Stops the robot and can do nothing else; every credential may stop. */
    STOP("Stop-only", "stop-default", "none", "stop.token");

    private final String label;
    private final String caller;
    private final String tier;
    private final String file;

    FirstCredential(String label, String caller, String tier, String file) {
        this.label = label;
        this.caller = caller;
        this.tier = tier;
        this.file = file;
    }

    /** What a person knows it by, such as {@code Actuate}. */
    public String label() {
        return label;
    }

    /** Name of the file, in the directory of the setup, that a token which is not shown is written to. */
    public String file() {
        return file;
    }

    String caller() {
        return caller;
    }

    String tier() {
        return tier;
    }
}
