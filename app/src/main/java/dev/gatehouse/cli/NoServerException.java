package dev.gatehouse.cli;

import java.io.IOException;

/** There is no server to talk to; the message says what to do about it. */
final class NoServerException extends IOException {
    private static final long serialVersionUID = 1L;

    NoServerException(String message) {
        super(message);
    }
}
