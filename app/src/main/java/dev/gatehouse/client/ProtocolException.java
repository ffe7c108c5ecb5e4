package dev.gatehouse.client;

import java.io.IOException;

/** Something answers, and it is not Gatehouse, or not one that this version understands. */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    ProtocolException(String message) {
        super(message);
    }
}
