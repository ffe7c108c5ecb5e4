package dev.gatehouse.audit;

/** The place of one record in the chain: its number, from 1, and its hash of 64 hexadecimal characters. */
record Link(long seq, String hash) {
    /** What the first record follows (D14.6). */
    static final Link NONE = new Link(0, "0".repeat(64));
}
