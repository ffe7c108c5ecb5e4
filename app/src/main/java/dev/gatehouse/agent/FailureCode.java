package dev.gatehouse.agent;

import java.util.Locale;

/** The codes of {@code result.error.code} that engines produce (dispatcher.md section 21). */
public enum FailureCode {
    MODEL_AUTH,
    MODEL_OVERLOADED,
    MODEL_REFUSED,
    MODEL_INVALID_REQUEST,
    MODEL_STREAM_BROKEN,
    MODEL_STOP_UNKNOWN,
    OUTPUT_TRUNCATED,
    CONTEXT_FULL,
    ENGINE_CRASHED,
    ENGINE_LOCKDOWN,
    INTERNAL;

    /** The stable text of the code, such as {@code model_auth}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
