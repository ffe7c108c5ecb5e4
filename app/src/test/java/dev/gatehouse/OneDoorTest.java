package dev.gatehouse;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import dev.gatehouse.agent.ToolView;
import dev.gatehouse.dispatch.LiveTask;
import dev.gatehouse.gate.ActuateLease;
import dev.gatehouse.gate.Gate;
import dev.gatehouse.gate.LatchClearing;
import dev.gatehouse.gate.ReadingGate;
import dev.gatehouse.robot.Driver;
import dev.gatehouse.robot.Interlock;
import dev.gatehouse.robot.Permit;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.robot.StopChannel;
import dev.gatehouse.robotmd.RobotTools;
import dev.gatehouse.tool.Invocation;
import dev.gatehouse.tool.Steps;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolFunction;
import dev.gatehouse.toolserver.ToolServer;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * No code path reaches a tool or a driver but through the gate (dispatcher.md section 6).
 *
 * <p>Every class that may do one of these things is named, so that a new way in is seen in a review of this file.
 */
class OneDoorTest {
    private static final String ROBOT = "dev.gatehouse.robot";
    private static final String SIM = "dev.gatehouse.robot.sim";

    @Test
    @DisplayName("6: only the gate runs what a tool does")
    void onlyTheGateRunsTools() {
        // The gate's hand is a class of its own only for its length; nobody but the gate has one.
        var hand = named("dev.gatehouse.gate.ToolRun");
        var doors = hand.or(classes(ReadingGate.class));
        onlyFrom(doors, ToolFunction.class, Set.of("run"));
        onlyFrom(doors.or(classes(Tool.class)), Tool.class, Set.of("function"));
        onlyFrom(doors, Invocation.class, Set.of("<init>"));
        noClasses()
                .that(DescribedPredicate.not(hand.or(classes(Gate.class))))
                .should()
                .dependOnClassesThat(hand)
                .check(House.CLASSES);
    }

    @Test
    @DisplayName("robot-md 10.9: the way back to the door is given out by the gate alone, and gone by one tool")
    void onlyOneToolIsMadeOfCalls() {
        var steps = named("dev.gatehouse.gate.PlannedSteps");
        noClasses()
                .that(DescribedPredicate.not(steps.or(classes(Gate.class))))
                .should()
                .dependOnClassesThat(steps)
                .check(House.CLASSES);
        onlyFrom(steps.or(classes(Gate.class)), Gate.class, Set.of("step"));
        onlyFrom(named("dev.gatehouse.robotmd.TaskTool"), Steps.class, Set.of("run", "ask", "modelKey"));
    }

    @Test
    @DisplayName("6: only the robot's own tools ask the body to do or to look at something")
    void onlyRobotToolsReachTheBody() {
        // Looking for an object is one idea of two tools; a survey runs its probes one by one, under one permission.
        var allowed = robotTools().or(inRooms(ROBOT, SIM));

        onlyFrom(allowed, Driver.class, Set.of("execute", "plan", "observe", "find", "scene", "frame"));
        onlyFrom(allowed, Robot.class, Set.of("run", "observe"));
        onlyFrom(named("dev.gatehouse.robotmd.DiscoverTool").or(inRooms(ROBOT)), Permit.class, Set.of("next"));
        // A tool server gets the call itself, and the permit is asked as it is written (D6.4).
        onlyFrom(allowed.or(named("dev.gatehouse.toolserver.ForwardedTools")), Permit.class, Set.of("begin"));
        // The rules of the gate plan a motion to see whether it keeps the limits; a plan moves nothing.
        onlyFrom(
                allowed.or(named("dev.gatehouse.gate.Rules")).or(named("dev.gatehouse.gate.ProbeRule")),
                Robot.class,
                Set.of("check"));
    }

    private static DescribedPredicate<JavaClass> robotTools() {
        return classes(RobotTools.class)
                .or(named("dev.gatehouse.robotmd.Vision"))
                .or(named("dev.gatehouse.robotmd.DiscoverTool"))
                // Shows the planner the scene.
                .or(named("dev.gatehouse.robotmd.TaskTool"));
    }

    @Test
    @DisplayName("6: whoever holds the driver at all is known by name")
    void holdersOfTheDriver() {
        var allowed = robotTools()
                .or(inRooms(ROBOT, SIM))
                // Asks whether there is one.
                .or(named("dev.gatehouse.gate.Rules"))
                // Asks whether the hardware stop is pressed.
                .or(named("dev.gatehouse.gate.ClearingRule"))
                // Start-up: build it, ask what it is, send it the stop of the self-test through the interlock.
                .or(named("dev.gatehouse.server.Body"))
                .or(named("dev.gatehouse.server.Engines"))
                .or(named("dev.gatehouse.server.SelfTest"))
                // Lets a test or a measurement put something around the driver.
                .or(named("dev.gatehouse.server.Surroundings"));

        noClasses()
                .that(DescribedPredicate.not(allowed))
                .should()
                .dependOnClassesThat(assignableTo(Driver.class))
                .check(House.CLASSES);
        onlyFrom(allowed, Robot.class, Set.of("driver"));
    }

    @Test
    @DisplayName("D8.2: the stop channel belongs to the interlock; nobody else halts or releases the hardware")
    void onlyTheInterlockUsesTheStopChannel() {
        onlyFrom(inRooms(ROBOT, SIM), StopChannel.class, Set.of("halt", "release"));
        // What of a tool server is behind the stop is reached by the stop alone.
        onlyFrom(named("dev.gatehouse.toolserver.ServerStop"), ToolServer.class, Set.of("atOnce", "motionsOver"));
    }

    @Test
    @DisplayName("6: a tool server is handed calls by the tools that stand for its own, and by nobody else")
    void onlyForwardedToolsHandOver() {
        onlyFrom(named("dev.gatehouse.toolserver.ForwardedTools"), ToolServer.class, Set.of("look", "move"));
    }

    @Test
    @DisplayName(
            "D8.10: only a person with that right clears the latch, by the route or by a call they agreed to, and on record")
    void onlyPeopleClear() {
        var clearing = named("dev.gatehouse.gate.LatchClearing");
        onlyFrom(clearing, Interlock.class, Set.of("clear"));
        onlyFrom(
                clearing.or(named("dev.gatehouse.web.SafetyRoutes")).or(named("dev.gatehouse.server.Assembly")),
                LatchClearing.class,
                Set.of("clear"));
    }

    @Test
    @DisplayName("D6.4: leave to move is asked for by the gate alone")
    void onlyTheGateAsksForPermits() {
        onlyFrom(
                classes(Gate.class).or(named("dev.gatehouse.gate.Rules")).or(inRooms(ROBOT, SIM)),
                Interlock.class,
                Set.of("admit"));
    }

    @Test
    @DisplayName("D9.1: the lease is taken for a task by admission and for a direct call by the gate")
    void whoTakesTheLease() {
        onlyFrom(
                classes(Gate.class).or(named("dev.gatehouse.dispatch.Admission")),
                ActuateLease.class,
                Set.of("take", "release"));
    }

    @Test
    @DisplayName("E1.2: an engine knows its tool view and neither the gate, nor the task, nor the robot")
    void enginesHaveOneWayOut() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.gatehouse.agent.embedded", "dev.gatehouse.agent.rehearsal")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.gatehouse.gate", "dev.gatehouse.dispatch", "dev.gatehouse.tool", "dev.gatehouse.robot..")
                .check(House.CLASSES);
        noClasses()
                .that()
                .implement(ToolView.class)
                .and()
                .doNotHaveFullyQualifiedName("dev.gatehouse.agent.GatedView")
                .should()
                .dependOnClassesThat(assignableTo(LiveTask.class))
                .check(House.CLASSES);
    }

    private static void onlyFrom(DescribedPredicate<JavaClass> allowed, Class<?> owner, Set<String> members) {
        rule(allowed, owner, members).check(House.CLASSES);
    }

    static ArchRule rule(DescribedPredicate<JavaClass> allowed, Class<?> owner, Set<String> members) {
        var access = DescribedPredicate.<JavaAccess<?>>describe(
                "one of " + members + " of " + owner.getSimpleName(),
                a -> a.getTargetOwner().isAssignableTo(owner)
                        && members.contains(a.getTarget().getName()));
        return noClasses()
                .that(DescribedPredicate.not(allowed))
                .should()
                .accessTargetWhere(access)
                .allowEmptyShould(false);
    }

    private static DescribedPredicate<JavaClass> classes(Class<?>... classes) {
        return DescribedPredicate.describe(
                Arrays.toString(classes),
                c -> Arrays.stream(classes).anyMatch(allowed -> isOrIsIn(c, allowed.getName())));
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(name, c -> isOrIsIn(c, name));
    }

    private static boolean isOrIsIn(JavaClass c, String name) {
        return c.getName().equals(name) || c.getName().startsWith(name + "$");
    }

    private static DescribedPredicate<JavaClass> inRooms(String... packages) {
        return DescribedPredicate.describe(
                "in " + Arrays.toString(packages), c -> Arrays.asList(packages).contains(c.getPackageName()));
    }
}
