package dev.gatehouse.audit;

import java.util.Locale;

/**
 * Whether the log can carry an actuation.
 *
 * @param state see {@link State}
 * @param reason {@code none}, {@code write_failed}, {@code stalled}, {@code chain_broken} or {@code closed}
 * @param lastSeq number of the last durable record, 0 if there is none
 * @param headSeq number of the last record the signed head covers; lags by 100 records or 1 s while the disk works
 * @param lost notes dropped since the log was opened
 */
public record AuditHealth(State state, String reason, long lastSeq, long headSeq, long lost) {
    /** Ordered from good to bad. */
    public enum State {
        /** Durable writes succeed. */
        OK,
        /** The disk failed or took over 2 s; writes are refused until a probe record has been written (D14.7). */
        DEGRADED,
        /** The chain found at start was not whole; writes are refused until a person has removed {@code broken.json}. */
        BROKEN;

        /** The name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether an effect may start. */
    public boolean ok() {
        return state == State.OK;
    }
}
