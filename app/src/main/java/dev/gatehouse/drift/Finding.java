package dev.gatehouse.drift;

/**
 * What one check found.
 *
 * @param check its name
 * @param what what was found, in a few words
 * @param action what to do about it; empty if it fits
 */
public record Finding(String check, State state, String what, String action) {
    /** Whether what was found is what is expected. */
    public enum State {
        FITS,
        DRIFTED,
        /** It could not be found out. */
        UNCHECKED
    }

    static Finding fits(String check, String what) {
        return new Finding(check, State.FITS, what, "");
    }

    static Finding drifted(String check, String what, String action) {
        return new Finding(check, State.DRIFTED, what, action);
    }

    static Finding unchecked(String check, String what, String action) {
        return new Finding(check, State.UNCHECKED, what, action);
    }
}
