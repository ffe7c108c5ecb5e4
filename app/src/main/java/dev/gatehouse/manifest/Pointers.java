package dev.gatehouse.manifest;

/** JSON pointers of RFC 6901, as errors and warnings name places (robot-md.md 4.3). */
final class Pointers {
    private Pointers() {}

    /** The pointer of a member of the value at {@code parent}. */
    static String child(String parent, String key) {
        return parent + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    static String child(String parent, int index) {
        return parent + "/" + index;
    }

    /** A pointer for people: the empty one is {@code (root)}. */
    static String shown(String pointer) {
        return pointer.isEmpty() ? "(root)" : pointer;
    }
}
