package dev.gatehouse.agent;

/** A price list that cannot be used. The message names the member at fault. */
public final class MalformedPricesException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedPricesException(String message) {
        super(message);
    }
}
