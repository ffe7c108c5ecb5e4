package dev.gatehouse.manifest;

/** What the provenance footer of a manifest is worth (robot-md.md section 6). */
public enum Provenance {
    /** There is no footer. */
    ABSENT,
    /** Something follows a footer, or there are several, so it is not known what is signed. */
    NOT_LAST,
    /** The footer is malformed, or its signature is not of this text. */
    INVALID,
    /** No key for its kid is configured; it may or may not be genuine. */
    UNVERIFIED,
    /** The key that is configured for its kid signed exactly this text. */
    VERIFIED
}
