package dev.gatehouse.manifest;

import static dev.gatehouse.manifest.OperationClass.ACTUATING;
import static dev.gatehouse.manifest.OperationClass.COMMISSIONING;
import static dev.gatehouse.manifest.OperationClass.PERCEPTION;
import static dev.gatehouse.manifest.OperationClass.READ_ONLY;
import static dev.gatehouse.manifest.OperationClass.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("robot-md.md 10.3: which gates cover what")
class HitlGatesTest {
    private static final Operation PICK = new Operation("arm.pick.soft", ACTUATING);
    private static final Operation DRIVE = new Operation("nav.go_to", ACTUATING);
    private static final Operation REPORT = new Operation("status.report", READ_ONLY);
    private static final Operation RECORD = new Operation("record_skill", SYSTEM);
    private static final Operation REBOOT = new Operation("system.reboot", SYSTEM);
    private static final Operation PROBE = new Operation("commission.probe", COMMISSIONING);
    private static final Operation FIND = new Operation("vision_find", PERCEPTION);
    private static final List<String> DECLARED =
            List.of("arm.pick.soft", "nav.go_to", "status.report", "vision.describe");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // scope, covered operations
                "arm.pick.soft, arm.pick.soft",
                "arm.pick, arm.pick.soft",
                "arm, arm.pick.soft",
                "nav, nav.go_to",
                "status, status.report",
                "destructive, arm.pick.soft nav.go_to system.reboot commission.probe",
                "Destructive, arm.pick.soft nav.go_to system.reboot commission.probe",
                "actuate, arm.pick.soft nav.go_to system.reboot commission.probe",
                "execute, arm.pick.soft nav.go_to system.reboot commission.probe",
                "system, record_skill system.reboot",
                "commission, commission.probe",
                "manipulate, arm.pick.soft system.reboot commission.probe",
                "navigate, nav.go_to",
                "vision, vision_find",
                "perceive, vision_find",
                "mystery, arm.pick.soft nav.go_to system.reboot commission.probe",
                "Arm, arm.pick.soft nav.go_to system.reboot commission.probe",
                "arm.pic, arm.pick.soft nav.go_to system.reboot commission.probe"
            })
    void covers(String scope, String covered) {
        var gates = new HitlGates(List.of(gate(scope, true)), DECLARED);
        var found = List.of(PICK, DRIVE, REPORT, RECORD, REBOOT, PROBE, FIND).stream()
                .filter(operation -> !gates.covering(operation).gates().isEmpty())
                .map(Operation::name)
                .toList();
        assertThat(found).containsExactlyInAnyOrder(covered.split(" "));
    }

    @Test
    @DisplayName("D6.9: a scope nobody can place guards everything that moves, and opens nothing")
    void unknownScopesFailClosed() {
        var strict = new HitlGates(List.of(gate("mystery", true), gate("arm", false)), DECLARED);
        assertThat(strict.covering(PICK).required()).isTrue();
        assertThat(strict.covering(PICK).scope()).contains("mystery");
        var lenient = new HitlGates(List.of(gate("mystery", false)), DECLARED);
        assertThat(lenient.covering(PICK).gap()).isTrue();
        assertThat(lenient.covering(PICK).required()).isTrue();
    }

    @Test
    @DisplayName("1: the strictest wins, in whatever order")
    void strictestWins() {
        var lenient = gate("arm", false);
        var strict = gate("arm.pick", true);
        for (var gates : List.of(List.of(lenient, strict), List.of(strict, lenient))) {
            var coverage = new HitlGates(gates, DECLARED).covering(PICK);
            assertThat(coverage.required()).isTrue();
            assertThat(coverage.scope()).contains("arm.pick");
            assertThat(coverage.scopes()).containsExactly("arm.pick", "arm");
            assertThat(coverage.gap()).isFalse();
        }
        var general = new HitlGates(List.of(gate("destructive", true), gate("arm.pick.soft", false)), DECLARED)
                .covering(PICK);
        assertThat(general.required()).isTrue();
        assertThat(general.scope()).contains("destructive");
        assertThat(general.scopes()).containsExactly("arm.pick.soft", "destructive");
    }

    @Test
    @DisplayName("a gate that asks for nothing opens what it covers")
    void lenientGate() {
        var coverage = new HitlGates(List.of(gate("arm", false)), DECLARED).covering(PICK);
        assertThat(coverage.required()).isFalse();
        assertThat(coverage.scope()).isEmpty();
        assertThat(coverage.gap()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", require_auth: true",
                ", require_auth: null",
                ", require_auth: 'false'",
                ", require_auth: 0",
                ", require_auth: no"
            })
    @DisplayName("2: only the boolean false opens a gate")
    void requireAuth(String declared) {
        var gate = Sample.changed("{safety: {hitl_gates: [{scope: arm" + declared + "}]}}")
                .hitlGates()
                .gates()
                .getFirst();
        assertThat(gate.requireAuth()).isTrue();
        assertThat(gate.declared()).isEqualTo(declared.endsWith("true"));
    }

    @Test
    void requireAuthFalse() {
        assertThat(Sample.changed("{safety: {hitl_gates: [{scope: arm, require_auth: false}]}}")
                        .hitlGates()
                        .gates())
                .containsExactly(new HitlGate("arm", false, true));
    }

    @Test
    @DisplayName("3: what moves and no gate covers needs authorisation under an own name")
    void gap() {
        var none = new HitlGates(List.of(), DECLARED);
        for (var operation : List.of(PICK, DRIVE, PROBE)) {
            assertThat(none.covering(operation))
                    .isEqualTo(new GateCoverage(List.of(), true, Optional.of("(undeclared)"), true));
        }
        assertThat(none.covering(RECORD).required()).isTrue();
        assertThat(none.covering(RECORD).scope()).contains("system");
        assertThat(none.covering(RECORD).gap()).isFalse();
    }

    @Test
    @DisplayName("what only looks is free unless a gate covers it")
    void looking() {
        var none = new HitlGates(List.of(gate("destructive", true)), DECLARED);
        assertThat(none.covering(REPORT).required()).isFalse();
        assertThat(none.covering(FIND).required()).isFalse();
        assertThat(new HitlGates(List.of(gate("status.report", true)), DECLARED)
                        .covering(REPORT)
                        .required())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm.x", "gripper.x", "nav.x", "base.x", "drive.x", "leg.x", "head.x", "tool.x", "tool"})
    @DisplayName("10.2: a backend that calls a moving namespace read-only is overruled")
    void movingNamespaces(String capability) {
        assertThat(OperationClass.ofCapability(capability, true)).isEqualTo(ACTUATING);
        assertThat(OperationClass.overrulesReadOnly(capability)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "status.report, READ_ONLY, ACTUATING", "armour.polish, READ_ONLY, ACTUATING",
                "vision.describe, READ_ONLY, ACTUATING",
        "system.status, SYSTEM, SYSTEM", "commission.zero, COMMISSIONING, COMMISSIONING",
                "calibration.run, COMMISSIONING, COMMISSIONING"
    })
    @DisplayName("10.2: unknown means actuating")
    void classes(String capability, OperationClass claimed, OperationClass unclaimed) {
        assertThat(OperationClass.ofCapability(capability, true)).isEqualTo(claimed);
        assertThat(Operation.ofCapability(capability, false).operationClass()).isEqualTo(unclaimed);
    }

    @ParameterizedTest
    @EnumSource(OperationClass.class)
    @DisplayName("malformed gates are left out")
    void malformed(OperationClass kind) {
        var gates = Sample.changed(
                        "{safety: {hitl_gates: [null, 5, {require_auth: false}, {scope: 5, require_auth: false}]}}")
                .hitlGates();
        assertThat(gates.gates()).isEmpty();
        assertThat(gates.covering(new Operation("arm.pick", kind)).required())
                .isEqualTo(kind != READ_ONLY && kind != PERCEPTION);
    }

    private static HitlGate gate(String scope, boolean requireAuth) {
        return new HitlGate(scope, requireAuth, true);
    }
}
