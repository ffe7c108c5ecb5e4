package dev.gatehouse.gate;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.Fields;
import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.json.CanonicalJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@code bearers.yaml} in its three accepted forms (dispatcher.md 2.3). */
public final class BearersFile {
    private static final Logger LOG = LoggerFactory.getLogger(BearersFile.class);
    private static final Pattern CALLER = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final BigDecimal MOST_USD = BigDecimal.valueOf(1_000_000);

    private BearersFile() {}

    /**
     * Reads the file.
     *
     * @throws ConfigException if others can read or write it, or an entry is wrong; names the entry, never the secret
     */
    public static Credentials read(Path file, Clock clock) throws ConfigException {
        PrivateFile.check(file);
        return parse(StrictYaml.text(file), file.toString(), clock);
    }

    static Credentials parse(String text, String where, Clock clock) throws ConfigException {
        var root = StrictYaml.read(text, where);
        var list = root;
        var written = StrictYaml.asWritten(text, where);
        if (root.isObject()) {
            var top = new Fields(root, where);
            top.list("bearers");
            top.done();
            list = root.path("bearers");
            written = written.path("bearers");
        }
        if (!list.isArray() || list.isEmpty()) {
            throw new ConfigException(where + ": needs a list with at least one entry");
        }
        var entries = new ArrayList<Credentials.Entry>();
        for (var i = 0; i < list.size(); i++) {
            entries.add(entry(new Fields(list.get(i), written.path(i), where + ": entry " + i), i));
        }
        try {
            return new Credentials(entries, clock);
        } catch (ConfigException e) {
            throw new ConfigException(where + ": " + e.getMessage());
        }
    }

    private static Credentials.Entry entry(Fields fields, int index) throws ConfigException {
        var caller = fields.text("caller");
        if (!CALLER.matcher(caller).matches()) {
            throw fields.fault("caller", "must be 1 to 64 characters of A-Z a-z 0-9 . _ @ -");
        }
        var hash = hash(fields, index);
        var tier = one(Tier.class, fields.text("tier"), fields, "tier");
        var roles = EnumSet.of(Role.STOP);
        for (var role : fields.texts("roles")) {
            roles.add(one(Role.class, role, fields, "roles"));
        }
        var expires = expires(fields);
        var limits = limits(fields);
        fields.done();
        // The id follows from the secret: it stays the same over restarts and changes with rotation.
        var id = "crd-" + hash.substring(0, 26);
        return new Credentials.Entry(hash, new Principal(id, caller, tier, roles, limits, Surface.HTTP), expires);
    }

    private static String hash(Fields fields, int index) throws ConfigException {
        var plain = fields.optionalText("token");
        var sha256 = fields.optionalText("token_sha256");
        var castor = fields.optionalText("token_hash");
        if (List.of(plain, sha256, castor).stream().filter(Optional::isPresent).count() != 1) {
            throw fields.fault("token_sha256", "(or token_hash, or token) is required, exactly one of them");
        }
        if (plain.isPresent()) {
            if (plain.get().isBlank()) {
                throw fields.fault("token", "must not be blank");
            }
            LOG.warn("bearers file, entry {}: holds a plain token; store its SHA-256 as token_sha256 instead", index);
            return CanonicalJson.sha256(plain.get().getBytes(StandardCharsets.UTF_8));
        }
        var hash = sha256.orElseGet(() -> castor.orElse("").replaceFirst("^sha256:", ""));
        if (!SHA256.matcher(hash).matches()
                || (castor.isPresent() && !castor.get().startsWith("sha256:"))) {
            throw fields.fault(castor.isPresent() ? "token_hash" : "token_sha256", "must be 64 lower-case hex digits");
        }
        return hash;
    }

    private static Optional<Instant> expires(Fields fields) throws ConfigException {
        var text = fields.optionalText("expires");
        try {
            return text.map(Instant::parse);
        } catch (DateTimeException e) {
            throw fields.fault("expires", "must be a time such as 2027-01-01T00:00:00Z");
        }
    }

    private static CallerLimits limits(Fields fields) throws ConfigException {
        var full = fields.optionalText("stream");
        if (full.isPresent() && !full.get().equals("full")) {
            throw fields.fault("stream", "must be full");
        }
        var limits = fields.mapping("limits");
        if (limits.isEmpty()) {
            return new CallerLimits(Optional.empty(), Optional.empty(), Optional.empty(), full.isPresent());
        }
        var caps = new CallerLimits(
                micros(limits.get(), "max_budget_usd"),
                limits.get().optionalInt("max_turns", 1, 100),
                limits.get().optionalInt("max_tasks", 1, 1000),
                full.isPresent());
        limits.get().done();
        return caps;
    }

    private static Optional<Long> micros(Fields limits, String key) throws ConfigException {
        var usd = limits.optionalAmount(key);
        if (usd.isPresent() && usd.get().compareTo(MOST_USD) > 0) {
            throw limits.fault(key, "must be at most " + MOST_USD);
        }
        return usd.map(amount -> amount.movePointRight(6).longValue());
    }

    private static <E extends Enum<E>> E one(Class<E> type, String text, Fields fields, String key)
            throws ConfigException {
        for (var value : type.getEnumConstants()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        throw fields.fault(key, "has an unknown value");
    }
}
