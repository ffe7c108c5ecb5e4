package dev.gatehouse.manifest;

import java.util.regex.Pattern;

/** The textual form of an IPv6 address as RFC 3986 section 3.2.2 writes it inside brackets, without a zone. */
final class Ipv6Address {
    private static final int GROUPS = 8;
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    private Ipv6Address() {}

    static boolean isValid(String text) {
        var gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == GROUPS;
        }
        var left = groups(text.substring(0, gap), false);
        var right = groups(text.substring(gap + 2), true);
        return left >= 0 && right >= 0 && left + right < GROUPS;
    }

    /** How many 16-bit groups the text stands for, or -1 if it is malformed; the last may be an IPv4 address, which is two. */
    private static int groups(String text, boolean mayEndInIpv4) {
        if (text.isEmpty()) {
            return 0;
        }
        var parts = text.split(":", -1);
        var count = 0;
        for (var i = 0; i < parts.length; i++) {
            if (GROUP.matcher(parts[i]).matches()) {
                count++;
            } else if (mayEndInIpv4
                    && i == parts.length - 1
                    && IPV4.matcher(parts[i]).matches()) {
                count += 2;
            } else {
                return -1;
            }
        }
        return count;
    }
}
