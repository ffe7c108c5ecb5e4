package dev.gatehouse;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Arrows point down only: a room uses rooms on lower floors, and its own foundation (house plan, "Rooms"). */
class FloorsTest {
    /** From the ground up. A new package gets its place here first. */
    private static final List<Set<String>> FLOORS = List.of(
            Set.of("json", "id", "secret", "time", "file", "config", "terminal"),
            Set.of("manifest", "audit", "rcan", "http", "mcp.wire"),
            Set.of("robot", "robot.sim"),
            Set.of("tool"),
            Set.of("gate", "robotmd", "toolserver"),
            Set.of("dispatch"),
            Set.of("agent", "agent.embedded", "agent.rehearsal", "mcp", "mcp.model", "story"),
            Set.of("web", "rest", "client"),
            Set.of("server"),
            Set.of("setup", "demo", "doctor", "install", "drift"),
            Set.of("cli"));

    /** Arrows between neighbours of one floor: a room may use what it is a part of, and the ground floor stands on JSON. */
    private static final Map<String, Set<String>> SIDEWAYS = Map.of(
            "config", Set.of("json"),
            "file", Set.of("json"),
            "id", Set.of("json"),
            "secret", Set.of("json"),
            "time", Set.of("json"),
            "robot.sim", Set.of("robot"),
            "agent.embedded", Set.of("agent"),
            "agent.rehearsal", Set.of("agent"),
            "mcp", Set.of("mcp.model"));

    private static final Map<String, Integer> FLOOR_OF = floorOf();

    private static Map<String, Integer> floorOf() {
        var floors = new HashMap<String, Integer>();
        for (var floor = 0; floor < FLOORS.size(); floor++) {
            for (var room : FLOORS.get(floor)) {
                floors.put(room, floor);
            }
        }
        return floors;
    }

    @Test
    void everyRoomHasAFloor() {
        var homeless = new TreeSet<String>();
        House.CLASSES.forEach(c -> House.room(c.getPackageName())
                .filter(room -> !FLOOR_OF.containsKey(room))
                .ifPresent(homeless::add));

        assertThat(homeless)
                .as("packages without a floor; give them one in FloorsTest and in ARCHITECTURE.md")
                .isEmpty();
    }

    @Test
    void arrowsPointDownOnly() {
        var upward = new TreeSet<String>();
        for (var origin : House.CLASSES) {
            for (var arrow : origin.getDirectDependenciesFromSelf()) {
                if (!allowed(origin, arrow)) {
                    upward.add(arrow.getDescription());
                }
            }
        }

        assertThat(upward)
                .as("a class that two rooms need moves down, not sideways")
                .isEmpty();
    }

    @Test
    void roomsAreFreeOfCycles() {
        slices().matching("dev.gatehouse.(**)").should().beFreeOfCycles().check(House.CLASSES);
    }

    private static boolean allowed(JavaClass origin, Dependency arrow) {
        var from = House.room(origin.getPackageName());
        var to = House.room(arrow.getTargetClass().getBaseComponentType().getPackageName());
        if (from.isEmpty() || to.isEmpty() || from.equals(to)) {
            return true;
        }
        var below = FLOOR_OF.getOrDefault(to.get(), FLOORS.size()) < FLOOR_OF.getOrDefault(from.get(), -1);
        return below || SIDEWAYS.getOrDefault(from.get(), Set.of()).contains(to.get());
    }
}
