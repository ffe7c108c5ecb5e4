package dev.gatehouse.gate;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.config.YamlMembers;
import dev.gatehouse.config.YamlValue;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@code bearers.yaml} in its three accepted forms (dispatcher.md 2.3). */
public final class BearersFile {
    private static final Logger LOG = LoggerFactory.getLogger(BearersFile.class);
    private static final Pattern CALLER = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
    private static final Pattern LANE = Pattern.compile("[A-Za-z0-9._-]{1,100}/[A-Za-z0-9._-]{1,100}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final String CASTOR_PREFIX = "sha256:";
    private static final double MOST_USD = 1_000_000;
    private static final Set<String> SECRETS = Set.of("token", "token_sha256", "token_hash");

    private BearersFile() {}

    /**
     * Reads the file.
     *
     * @throws ConfigException if others can read or write it, or an entry is wrong; names the entry, never the secret
     */
    public static Credentials read(Path file, Clock clock) throws ConfigException {
        PrivateFile.check(file);
        return StrictYaml.read(file, value -> parse(value, file.toAbsolutePath(), clock));
    }

    /**
     * One entry as an operator sees it; nothing of its secret is in it.
     *
     * @param plain whether its token stands in the file as it is
     * @param source the place of the entry in the text
     */
    public record Listed(
            String credentialId,
            String caller,
            Tier tier,
            Set<Role> roles,
            Optional<Instant> expires,
            boolean plain,
            YamlValue source) {}

    /**
     * The entries of a text, in its order. The model keys that it names are not looked at: whoever edits the file need not be who
     * the server runs as.
     *
     * @throws ConfigException if a server would refuse the text
     */
    public static List<Listed> list(String text) throws ConfigException {
        var file = StrictYaml.read(text);
        // Nobody asks these entries whether they are in force, so any clock will do.
        var anyTime = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        var entries = List.copyOf(
                parse(file, Optional.empty(), anyTime, value -> {}).entries().values());
        var sources = list(file).items();
        var listed = new ArrayList<Listed>();
        for (var i = 0; i < entries.size(); i++) {
            var who = entries.get(i).principal();
            var plain = new YamlMembers(sources.get(i), sources.get(i).map(value -> value))
                    .values()
                    .containsKey("token");
            listed.add(new Listed(
                    who.credentialId(),
                    who.caller(),
                    who.tier(),
                    who.roles(),
                    entries.get(i).expires(),
                    plain,
                    sources.get(i)));
        }
        return listed;
    }

    private static YamlValue list(YamlValue file) throws ConfigException {
        return file.isList() ? file : file.members(Set.of("bearers")).required("bearers");
    }

    /** @param place of the file; the files it names lie beside it */
    static Credentials parse(YamlValue file, Path place, Clock clock) throws ConfigException {
        return parse(
                file,
                Optional.of(place),
                clock,
                entry -> LOG.warn(
                        "bearers file, {}: a plain token; gatehouse tokens migrate stores its SHA-256 instead",
                        entry.place()));
    }

    private static Credentials parse(YamlValue file, Optional<Path> place, Clock clock, Consumer<YamlValue> plain)
            throws ConfigException {
        var list = list(file);
        var entries = list.each(value -> entry(value, place, plain));
        if (entries.isEmpty()) {
            throw list.error("needs at least one entry");
        }
        return new Credentials(entries, clock);
    }

    private static Credentials.Entry entry(YamlValue value, Optional<Path> place, Consumer<YamlValue> plain)
            throws ConfigException {
        var members = value.members(Set.of(
                "caller",
                "tier",
                "token",
                "token_sha256",
                "token_hash",
                "roles",
                "lanes",
                "loa",
                "may_act_for",
                "expires",
                "limits",
                "stream",
                "compat",
                "key_file"));
        var caller = caller(members.required("caller"));
        forRoomsToCome(members);
        var hash = hash(value, members, plain);
        var tier = one(Tier.class, members.required("tier"));
        var roles = EnumSet.of(Role.STOP);
        roles.addAll(members.optional("roles", list -> list.each(role -> one(Role.class, role)))
                .orElse(List.of()));
        // The id follows from the secret: it stays the same over restarts and changes with rotation.
        var id = "crd-" + hash.substring(0, 26);
        var keyFile = members.optional("key_file", YamlValue::name);
        var key = keyFile.isPresent() && place.isPresent()
                ? Optional.of(ModelKey.read(place.get().resolveSibling(keyFile.get())))
                : Optional.<Secret>empty();
        var principal = new Principal(id, caller, tier, roles, limits(members), Surface.HTTP, key, List.of());
        return new Credentials.Entry(
                hash,
                principal,
                members.optional("expires", BearersFile::time),
                Set.copyOf(members.optional("may_act_for", list -> list.each(BearersFile::caller))
                        .orElse(List.of())));
    }

    private static String caller(YamlValue name) throws ConfigException {
        if (!CALLER.matcher(name.text()).matches()) {
            throw name.error("must be 1 to 64 characters of A-Z a-z 0-9 . _ @ -");
        }
        return name.text();
    }

    /** What grants rights in parts that this version does not have: checked, so that a file that is right stays right. */
    private static void forRoomsToCome(YamlMembers members) throws ConfigException {
        var _ = members.optional(
                "lanes",
                list -> list.each(lane -> {
                    if (!LANE.matcher(lane.string()).matches()) {
                        throw lane.error("must be OWNER/NAME");
                    }
                    return lane;
                }));
        var _ = members.optional("loa", level -> {
            if (level.integer(0, 3) == 2) {
                throw level.error("must be 0, 1 or 3");
            }
            return level;
        });
    }

    private static String hash(YamlValue entry, YamlMembers members, Consumer<YamlValue> onPlain)
            throws ConfigException {
        if (members.values().keySet().stream().filter(SECRETS::contains).count() != 1) {
            throw entry.error("needs a token_sha256 (or a token_hash, or a token), exactly one of them");
        }
        var plain = members.values().get("token");
        if (plain != null) {
            if (plain.text().isBlank()) {
                throw plain.error("must not be blank");
            }
            onPlain.accept(entry);
            return CanonicalJson.sha256(plain.text().getBytes(StandardCharsets.UTF_8));
        }
        var castor = members.values().get("token_hash");
        var stored = castor == null ? members.required("token_sha256") : castor;
        var prefix = castor == null ? "" : CASTOR_PREFIX;
        var hash = stored.text().substring(stored.text().startsWith(prefix) ? prefix.length() : 0);
        if (!SHA256.matcher(hash).matches() || !stored.text().startsWith(prefix)) {
            throw stored.error("must be " + prefix + "<64 lower-case hex digits>");
        }
        return hash;
    }

    private static Instant time(YamlValue value) throws ConfigException {
        try {
            return Instant.parse(value.string());
        } catch (DateTimeException e) {
            throw value.error("must be a time such as 2027-01-01T00:00:00Z");
        }
    }

    private static CallerLimits limits(YamlMembers entry) throws ConfigException {
        var limits = entry.section("limits", Set.of("max_budget_usd", "daily_usd", "max_turns", "max_tasks"));
        return new CallerLimits(
                limits.optional("max_budget_usd", BearersFile::micros),
                limits.optional("daily_usd", BearersFile::micros),
                boxed(limits.integer("max_turns", 1, 100)),
                boxed(limits.integer("max_tasks", 1, 1000)),
                entry.optional("stream", value -> value.word(Set.of("full"))).isPresent(),
                entry.optional("compat", value -> value.word(Set.of("0.2"))).isPresent());
    }

    private static long micros(YamlValue usd) throws ConfigException {
        var _ = usd.number(0.000001, MOST_USD);
        return usd.decimal().movePointRight(6).longValue();
    }

    private static Optional<Integer> boxed(OptionalInt number) {
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }

    static <E extends Enum<E>> E one(Class<E> type, YamlValue value) throws ConfigException {
        for (var constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(value.text())) {
                return constant;
            }
        }
        throw value.error("has an unknown value");
    }
}
