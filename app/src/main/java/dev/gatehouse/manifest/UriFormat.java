package dev.gatehouse.manifest;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import java.util.regex.Pattern;

/**
 * The {@code uri} format: an absolute URI of RFC 3986 with something after the scheme's colon (robot-md.md 3.5).
 *
 * <p>Written out because {@link java.net.URI} follows the older RFC 2396, accepts unescaped non-ASCII and refuses {@code http://}.
 */
final class UriFormat implements Format {
    private static final String PERCENT = "%[0-9A-Fa-f]{2}";
    private static final String PLAIN = "A-Za-z0-9._~!$&'()*+,;=\\-";
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*+");
    private static final Pattern TAIL = chars(PLAIN + ":@/?");
    private static final Pattern PATH = chars(PLAIN + ":@/");
    private static final Pattern USER = chars(PLAIN + ":");
    private static final Pattern NAME = chars(PLAIN);
    private static final Pattern PORT = Pattern.compile("[0-9]*+");
    private static final Pattern IP_FUTURE = Pattern.compile("[vV][0-9A-Fa-f]++\\.[" + PLAIN + ":]++");

    @Override
    public String getName() {
        return "uri";
    }

    @Override
    public boolean matches(ExecutionContext context, String value) {
        return isUri(value);
    }

    static boolean isUri(String value) {
        var colon = value.indexOf(':');
        if (colon < 0 || colon == value.length() - 1 || !whole(SCHEME, value.substring(0, colon))) {
            return false;
        }
        var rest = value.substring(colon + 1);
        var hash = rest.indexOf('#');
        if (hash >= 0 && !whole(TAIL, rest.substring(hash + 1))) {
            return false;
        }
        rest = hash < 0 ? rest : rest.substring(0, hash);
        var question = rest.indexOf('?');
        if (question >= 0 && !whole(TAIL, rest.substring(question + 1))) {
            return false;
        }
        return isHierarchy(question < 0 ? rest : rest.substring(0, question));
    }

    private static boolean isHierarchy(String text) {
        if (!text.startsWith("//")) {
            return whole(PATH, text);
        }
        var slash = text.indexOf('/', 2);
        var authority = slash < 0 ? text.substring(2) : text.substring(2, slash);
        return isAuthority(authority) && (slash < 0 || whole(PATH, text.substring(slash)));
    }

    private static boolean isAuthority(String text) {
        var at = text.indexOf('@');
        if (at >= 0 && !whole(USER, text.substring(0, at))) {
            return false;
        }
        var hostAndPort = text.substring(at + 1);
        if (hostAndPort.startsWith("[")) {
            var end = hostAndPort.indexOf(']');
            return end > 0 && isAddress(hostAndPort.substring(1, end)) && isPort(hostAndPort.substring(end + 1));
        }
        var colon = hostAndPort.indexOf(':');
        return colon < 0
                ? whole(NAME, hostAndPort)
                : whole(NAME, hostAndPort.substring(0, colon)) && isPort(hostAndPort.substring(colon));
    }

    private static boolean isPort(String text) {
        return text.isEmpty() || (text.startsWith(":") && whole(PORT, text.substring(1)));
    }

    private static boolean isAddress(String text) {
        return whole(IP_FUTURE, text) || Ipv6Address.isValid(text);
    }

    /** A text of the given characters and percent-escapes, possibly empty. */
    private static Pattern chars(String members) {
        return Pattern.compile("(?:[" + members + "]++|" + PERCENT + ")*+");
    }

    private static boolean whole(Pattern pattern, String text) {
        return pattern.matcher(text).matches();
    }
}
