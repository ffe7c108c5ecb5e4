package dev.gatehouse.web;

import java.io.IOException;

/** Whoever asked has closed the connection, so nobody is left to answer. */
final class ClientGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    ClientGoneException() {
        super("the client closed the connection");
    }
}
