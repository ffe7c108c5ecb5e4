package dev.gatehouse.http;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The names a server may be called by: those of loopback, and what the operator adds (threats.md T11.2). */
public final class HostNames {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> names;

    /** Loopback and these; an IPv6 address stands in brackets. */
    public HostNames(Set<String> more) {
        var all = new HashSet<>(LOOPBACK);
        more.forEach(name -> all.add(name.toLowerCase(Locale.ROOT)));
        this.names = Set.copyOf(all);
    }

    /** Whether only this machine reaches a listener at this address. Names but localhost are not looked up: what they mean may change. */
    public static boolean isLoopback(String address) {
        try {
            return address.equals("localhost") || InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a Host header, or the authority of a URI, has one of the names; its port does not matter. */
    public boolean allow(String host) {
        var end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        return names.contains((end <= 0 ? host : host.substring(0, end)).toLowerCase(Locale.ROOT));
    }
}
