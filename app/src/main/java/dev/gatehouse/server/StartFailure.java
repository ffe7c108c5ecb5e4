package dev.gatehouse.server;

/** The server cannot start. The message is for the operator and says what to do. */
public final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    StartFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    StartFailure(Kind kind, String message, Exception cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What went wrong, with the exit code of D16.3. */
    public enum Kind {
        CONFIGURATION(1),
        SELF_TEST(3),
        BIND(4),
        STATE_IN_USE(5);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }
}
