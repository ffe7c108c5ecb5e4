package dev.gatehouse.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** T4.2: no argument to any tool that a reader may call reaches a motion. */
class LookingNeverMovesTest {
    private static final List<String> WORDS = List.of(
            "capability",
            "args",
            "dry_run",
            "descriptor_id",
            "target",
            "arm.pick",
            "arm.home",
            "gripper.open",
            "status.report",
            "vision.describe",
            "red_cube",
            "x",
            "y",
            "z",
            "readOnlyHint",
            "confirm_token",
            "steps",
            "capture",
            "probe_direction",
            "effect",
            "observe",
            "status.report\u0000",
            "Arm.Pick",
            "arm.pick ");

    /** Those that a reader may call, some of them for some arguments; the stop moves nothing, but it would latch the bench. */
    private static final List<String> TOOLS =
            List.of("validate", "render", "status", "vision_find", "discover", "execute_capability");

    private final GateBench bench = Shared.BENCH;

    /** One bench for all tries: it is the same after every one of them, and that is what is tested. */
    private static final class Shared {
        private static final GateBench BENCH = open();

        private static GateBench open() {
            try {
                var directory = Files.createTempDirectory("looking");
                directory.toFile().deleteOnExit();
                var bench = new GateBench(directory);
                bench.disk.hurry();
                return bench;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @AfterContainer
    static void close() {
        Shared.BENCH.close();
    }

    /** Each tree goes to each tool. */
    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
    @Label("T4.2: no argument of any tool makes a reader's call move something")
    void aReaderMovesNothing(@ForAll("objects") ObjectNode arguments) throws Exception {
        for (var tool : TOOLS) {
            bench.gate.call(bench.reader(), bench.call(tool, arguments));

            assertThat(bench.driver.executed()).as(tool).isEmpty();
        }
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    @Label("T4.2, E1.8: no argument of any tool makes a task that only looks move something")
    void anObservingTaskMovesNothing(@ForAll("tools") String tool, @ForAll("objects") ObjectNode arguments)
            throws Exception {
        var scope = new Scope(bench);
        scope.ceiling = Effect.OBSERVE;

        bench.gate.call(bench.mover(), scope, bench.call(tool, arguments));

        assertThat(bench.driver.executed()).isEmpty();
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void everyCallHasAResultThatIsJson(@ForAll("tools") String tool, @ForAll("objects") ObjectNode arguments)
            throws Exception {
        var result = bench.gate.call(bench.reader(), bench.call(tool, arguments));

        assertThat(result.structured()).isPresent();
        assertThat(result.outcome()).isIn(ToolResult.Outcome.OK, ToolResult.Outcome.ERROR, ToolResult.Outcome.BLOCKED);
    }

    @Provide
    Arbitrary<String> tools() {
        // The stop is left out: it moves nothing, but it would latch the bench.
        return Arbitraries.frequency(
                Tuple.of(1, "validate"),
                Tuple.of(2, "render"),
                Tuple.of(10, "status"),
                Tuple.of(20, "vision_find"),
                Tuple.of(60, "execute_capability"));
    }

    @Provide
    Arbitrary<ObjectNode> objects() {
        var plausible = Arbitraries.of(WORDS).map(name -> {
            var args = Json.object().put("target", "red_cube");
            var out = Json.object().put("capability", name);
            out.set("args", args);
            return out;
        });
        return Arbitraries.frequencyOf(Tuple.of(1, plausible), Tuple.of(3, object(3)));
    }

    private Arbitrary<ObjectNode> object(int depth) {
        return Arbitraries.maps(names(), node(depth)).ofMaxSize(4).map(members -> {
            var out = Json.object();
            members.forEach(out::set);
            return out;
        });
    }

    private Arbitrary<JsonNode> node(int depth) {
        Arbitrary<JsonNode> leaf = Arbitraries.oneOf(
                names().map(Json::tree),
                Arbitraries.doubles().between(-1e9, 1e9).map(Json::tree),
                Arbitraries.of(true, false).map(Json::tree),
                Arbitraries.just(Json.tree(null)));
        return depth == 0
                ? leaf
                : Arbitraries.oneOf(
                        leaf,
                        object(depth - 1).map(o -> o),
                        node(depth - 1).list().ofMaxSize(3).map(items -> {
                            var out = Json.array();
                            items.forEach(out::add);
                            return out;
                        }));
    }

    private static Arbitrary<String> names() {
        return Arbitraries.oneOf(Arbitraries.of(WORDS), Arbitraries.strings().ofMaxLength(8));
    }
}
