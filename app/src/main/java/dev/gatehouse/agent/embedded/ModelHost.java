package dev.gatehouse.agent.embedded;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the model may be: what its name means is looked at for each connection, because whoever answers for a name can point it at this
 * machine or its neighbours at any time (threats.md T10.3, ADR 0024). An address in the model's URL is the operator's word, and no name.
 */
final class ModelHost implements Dns {
    private static final Logger LOG = LoggerFactory.getLogger(ModelHost.class);

    /** Where clouds hand out their credentials, apart from the link-local address that most of them use. */
    private static final Set<String> METADATA = Set.of("100.100.100.200", "192.0.0.192", "fd00:ec2:0:0:0:0:0:254");

    private final String host;
    private final boolean mayBeInside;
    private final Dns resolver;

    ModelHost(URI url, Dns resolver) {
        this.host = host(url);
        this.mayBeInside = !host.equals(host(EngineSettings.PUBLIC_API));
        this.resolver = resolver;
    }

    private static String host(URI url) {
        var parsed = HttpUrl.parse(url.toString());
        return parsed == null ? "" : parsed.host();
    }

    /**
     * The addresses that may be asked.
     *
     * @throws UnknownHostException if there is none, or the name is not that of the model
     */
    @Override
    public List<InetAddress> lookup(String name) throws UnknownHostException {
        if (!name.equals(host)) {
            LOG.warn("a model call wanted another host than the configured one");
            throw new UnknownHostException("not the configured host");
        }
        var addresses = resolver.lookup(name).stream().filter(this::allowed).toList();
        if (addresses.isEmpty()) {
            LOG.warn(
                    "the host of the model is at no address that may be asked; if it is meant, put the address into the model URL");
            throw new UnknownHostException("no address that may be asked");
        }
        return addresses;
    }

    private boolean allowed(InetAddress address) {
        var forNobody = address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || METADATA.contains(address.getHostAddress());
        return !forNobody && (mayBeInside || !inside(address));
    }

    /** Whether an address means this machine, its neighbours, or nobody on the internet (RFC 6890). */
    private static boolean inside(InetAddress address) {
        var bytes = address.getAddress();
        if (address instanceof Inet6Address) {
            // What translates to IPv4 is as far inside as that is.
            var translated =
                    bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
            return address.isLoopbackAddress()
                    || address.isSiteLocalAddress()
                    || (bytes[0] & 0xfe) == 0xfc
                    || (translated && insideIpv4(Arrays.copyOfRange(bytes, 12, 16)));
        }
        return insideIpv4(bytes);
    }

    private static boolean insideIpv4(byte[] bytes) {
        var first = bytes[0] & 0xff;
        var second = bytes[1] & 0xff;
        return switch (first) {
            case 0, 10, 127 -> true;
            case 100 -> second >= 64 && second < 128;
            case 169 -> second == 254;
            case 172 -> second >= 16 && second < 32;
            case 192 -> second == 168 || (second == 0 && bytes[2] == 0);
            case 198 -> second == 18 || second == 19;
            default -> first >= 224;
        };
    }
}
