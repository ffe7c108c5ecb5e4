package dev.gatehouse.manifest;

/**
 * Something a person should look at although the manifest is valid.
 *
 * @param where a JSON pointer, {@code (root)}, {@code body} or {@code line <n>}
 */
public record Warning(String where, WarningCode code, String text) {
    static Warning atLine(int line, WarningCode code, String text) {
        return new Warning("line " + line, code, text);
    }

    static Warning atPointer(String pointer, WarningCode code, String text) {
        return new Warning(Pointers.shown(pointer), code, text);
    }

    static Warning inBody(WarningCode code, String text) {
        return new Warning("body", code, text);
    }

    /** The printed form, {@code <where>: [<code>] <text>} (robot-md.md 4.6). */
    @Override
    public String toString() {
        return where + ": [" + code.id() + "] " + text;
    }
}
