package dev.gatehouse.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.ToolCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of dispatcher.md 6.1 and robot-md.md 10.6 alone, and each pair of rows: the earlier one answers. */
class OrderOfRulesTest {
    @TempDir
    Path directory;

    /** What can be wrong with a call, in the order in which the door looks. */
    enum Defect {
        EXPIRED("credential_invalid"),
        ENDING("task_ending"),
        READER("tier_required"),
        CEILING("effect_ceiling"),
        TOOL_NAME("tool_unknown"),
        UNKNOWN_MEMBER("arguments_invalid"),
        SECRET("secret_in_arguments"),
        MANIFEST_GONE("manifest_unreadable"),
        MANIFEST_INVALID("manifest_invalid"),
        MANIFEST_CHANGED("manifest_changed"),
        NO_BODY("no_backend"),
        NOT_DECLARED("not_declared"),
        NOT_IMPLEMENTED("not_implemented"),
        LATCHED("estop_latched"),
        CAPABILITY_ARGUMENTS("arguments_invalid"),
        PRECONDITION("precondition"),
        LIMIT_MISSING("limit_missing"),
        TOO_HEAVY("limit_exceeded"),
        GATED("ask"),
        NO_LEASE("lease_lost");

        final String code;

        Defect(String code) {
            this.code = code;
        }
    }

    /** Rows that cannot both be true of one call, or where the later one is not looked at because of what the earlier is. */
    private static boolean exclusive(Defect a, Defect b) {
        var pair = Set.of(a, b);
        return Stream.of(
                        // An unknown tool has no effect that a tier could be held against.
                        Set.of(Defect.READER, Defect.TOOL_NAME),
                        Set.of(Defect.CEILING, Defect.TOOL_NAME),
                        Set.of(Defect.MANIFEST_GONE, Defect.MANIFEST_CHANGED),
                        Set.of(Defect.NOT_DECLARED, Defect.NOT_IMPLEMENTED),
                        // What the arm does not know has no limits.
                        Set.of(Defect.NOT_DECLARED, Defect.TOO_HEAVY))
                .anyMatch(pair::equals);
    }

    static Stream<Arguments> pairs() {
        return Stream.of(Defect.values())
                .flatMap(a -> Stream.of(Defect.values())
                        .filter(b -> a.compareTo(b) < 0 && !exclusive(a, b))
                        .map(b -> Arguments.of(a, b)));
    }

    @Test
    void aCallWithoutDefectIsLetThrough() {
        assertThat(judge(Set.of())).isEqualTo("allow");
    }

    @ParameterizedTest
    @EnumSource(Defect.class)
    @DisplayName("6.1, 10.6: each row alone")
    void alone(Defect defect) {
        assertThat(judge(Set.of(defect))).isEqualTo(defect.code);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    @DisplayName("6.1, 10.6: of two rows the earlier one wins")
    void earlierWins(Defect earlier, Defect later) {
        assertThat(judge(Set.of(earlier, later))).isEqualTo(earlier.code);
    }

    private String judge(Set<Defect> defects) {
        var setup = GateBench.Setup.standard().with(manifest(defects));
        try (var bench = new GateBench(directory, defects.contains(Defect.NO_BODY) ? setup.bodiless() : setup)) {
            var scope = new Scope(bench);
            if (!defects.contains(Defect.NO_LEASE)) {
                scope.withLease(bench.lease);
            }
            if (defects.contains(Defect.CEILING)) {
                scope.ceiling = Effect.OBSERVE;
            }
            scope.ending = defects.contains(Defect.ENDING);
            var who = defects.contains(Defect.READER) ? bench.reader() : bench.mover();
            if (defects.contains(Defect.LATCHED)) {
                bench.robot.interlock().stop("anna", "test");
            }
            afterwards(defects, bench);
            return GateBench.code(bench.gate.judge(who(defects, bench, who), Optional.of(scope), call(defects, bench)));
        }
    }

    /** A reader's credential does not expire here; the name of one that is not known stands for it. */
    private static Principal who(Set<Defect> defects, GateBench bench, Principal who) {
        if (!defects.contains(Defect.EXPIRED)) {
            return who;
        }
        bench.clock.set(Instant.parse("2027-06-01T00:00:00Z"));
        return new Principal(bench.idOfMover, who.caller(), who.tier(), who.roles(), who.limits(), who.surface());
    }

    private static UnaryOperator<String> manifest(Set<Defect> defects) {
        return text -> {
            var out = text;
            if (defects.contains(Defect.MANIFEST_INVALID)) {
                out = out.replace("max_joint_velocity_dps: 90", "max_joint_velocity_dps: -90");
            }
            if (defects.contains(Defect.NOT_IMPLEMENTED)) {
                out = out.replace("  - arm.pick\n", "  - arm.wave\n");
            }
            if (defects.contains(Defect.PRECONDITION)) {
                out = out.replace(
                        "\nvision:",
                        "\ncapability_contracts:\n  %s:\n    preconditions: [{kind: pose_taught, name: tucked}]\n\nvision:"
                                .formatted("arm.pick"));
            }
            if (defects.contains(Defect.LIMIT_MISSING)) {
                out = out.replace("  payload_kg: 0.25\n", "");
            }
            return defects.contains(Defect.GATED) ? out.replace("require_auth: false", "require_auth: true") : out;
        };
    }

    private static void afterwards(Set<Defect> defects, GateBench bench) {
        try {
            if (defects.contains(Defect.MANIFEST_GONE)) {
                Files.delete(bench.robotMd);
            } else if (defects.contains(Defect.MANIFEST_CHANGED)) {
                Files.writeString(bench.robotMd, "\nOne more line.\n", StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ToolCall call(Set<Defect> defects, GateBench bench) {
        var args = Json.object().put("target", defects.contains(Defect.TOO_HEAVY) ? "blue_cube" : "red_cube");
        if (defects.contains(Defect.CAPABILITY_ARGUMENTS)) {
            args.put("force", 9);
        }
        if (defects.contains(Defect.SECRET)) {
            args.put("note", GateBench.READER);
        }
        var wave = defects.contains(Defect.NOT_DECLARED) || defects.contains(Defect.NOT_IMPLEMENTED);
        var arguments = bench.run(wave ? "arm.wave" : "arm.pick", args).arguments();
        if (defects.contains(Defect.UNKNOWN_MEMBER)) {
            arguments.put("urgent", true);
        }
        return bench.call(defects.contains(Defect.TOOL_NAME) ? "Execute_capability" : "execute_capability", arguments);
    }
}
