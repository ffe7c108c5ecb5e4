package dev.gatehouse.install;

import java.util.List;

/**
 * A value in a JSON text, by where it stands.
 *
 * @param start its first character
 * @param end after its last character
 * @param isObject whether it has members
 * @param members of an object, in order
 * @param hasTrailingComma whether a comma follows the last member
 * @param tail after the last member and its trailing comma; meaningless without members
 */
record JsonSpan(int start, int end, boolean isObject, List<Member> members, boolean hasTrailingComma, int tail) {
    JsonSpan {
        members = List.copyOf(members);
    }

    static JsonSpan scalar(int start, int end) {
        return new JsonSpan(start, end, false, List.of(), false, end);
    }

    /** All members of this name: one, unless the text is ambiguous. */
    List<Member> named(String name) {
        return members.stream().filter(member -> member.name().equals(name)).toList();
    }

    record Member(String name, int start, JsonSpan value) {}
}
