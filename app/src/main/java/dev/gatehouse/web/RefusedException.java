package dev.gatehouse.web;

import dev.gatehouse.dispatch.Refusal;

/** Ends the handling of a request with a refusal; thrown and caught only inside this room. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
        super(refusal.detail(), null, false, false);
        this.refusal = refusal;
    }

    RefusedException(Refusal.Code code, String detail) {
        this(Refusal.of(code, detail));
    }

    Refusal refusal() {
        return refusal;
    }
}
