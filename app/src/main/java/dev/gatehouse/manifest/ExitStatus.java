package dev.gatehouse.manifest;

/** How {@code validate} on the command line ends (robot-md.md 4.7). */
public enum ExitStatus {
    VALID(0),
    UNREADABLE(1),
    SCHEMA_ERRORS(2),
    BODY_ERRORS(4),
    /** Valid, but there are warnings and the caller asked to be strict. Errors keep their own status. */
    WARNINGS(5);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    /** The process exit code; 3 is reserved and never used. */
    public int code() {
        return code;
    }

    /** The status of a reading and its {@link Validator#validate(Reading) validation}. */
    public static ExitStatus of(Reading reading, Validation validation, boolean strict) {
        if (reading instanceof Unreadable) {
            return UNREADABLE;
        }
        if (!validation.ok()) {
            var onlyBody = validation.errors().stream().allMatch(error -> error.startsWith(BodyRules.PREFIX));
            return onlyBody ? BODY_ERRORS : SCHEMA_ERRORS;
        }
        return strict && !validation.warnings().isEmpty() ? WARNINGS : VALID;
    }
}
