package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("robot-md.md 4.3: what schema errors say")
class SchemaErrorsTest {
    @Test
    void required() {
        assertErrors("{safety: (absent)}", "(root): must have required property 'safety'");
        assertErrors(
                "{drivers: [{}]}",
                "/drivers/0: must have required property 'id'",
                "/drivers/0: must have required property 'protocol'");
    }

    @Test
    void type() {
        assertErrors("{metadata: {model: 5}}", "/metadata/model: must be string");
        assertErrors("{safety: 5}", "/safety: must be object");
        assertErrors("{capabilities: {}}", "/capabilities: must be array");
        assertErrors("{safety: {p66_enabled: x}}", "/safety/p66_enabled: must be boolean");
        assertErrors("{safety: {payload_kg: x}}", "/safety/payload_kg: must be number");
        assertErrors("{physics: {dof: x}}", "/physics/dof: must be integer");
        assertErrors("{physics: {solver: {ik_frame: 5}}}", "/physics/solver/ik_frame: must be string,null");
    }

    @Test
    @DisplayName("a value that fails both type and const or enum reports both, numeric bounds only for numbers")
    void typeAndValue() {
        assertErrors(
                "{safety: {estop: {software: \"on\"}}}",
                "/safety/estop/software: must be boolean",
                "/safety/estop/software: must be equal to constant");
        assertErrors(
                "{physics: {type: 5}}",
                "/physics/type: must be string",
                "/physics/type: must be equal to one of the allowed values");
        assertErrors("{physics: {dof: \"99\"}}", "/physics/dof: must be integer");
    }

    @Test
    void patternAndFormat() {
        assertErrors("{metadata: {rrn: x}}", "/metadata/rrn: must match pattern \"^(RRN-[0-9]{12}|)$\"");
        assertErrors("{schema: x}", "/schema: must match format \"uri\"");
    }

    @Test
    void bounds() {
        assertErrors("{physics: {dof: 65}}", "/physics/dof: must be <= 64");
        assertErrors("{physics: {dof: -1}}", "/physics/dof: must be >= 0");
        assertErrors("{safety: {max_joint_velocity_dps: 36000.5}}", "/safety/max_joint_velocity_dps: must be <= 36000");
        assertErrors("{metadata: {robot_name: \"\"}}", "/metadata/robot_name: must NOT have fewer than 1 characters");
        assertErrors(
                "{metadata: {robot_name: \"" + "x".repeat(65) + "\"}}",
                "/metadata/robot_name: must NOT have more than 64 characters");
        assertErrors("{drivers: []}", "/drivers: must NOT have fewer than 1 items");
        assertErrors(
                "{safety: {workspace_bounds_m: [1, 2, 3, 4]}}",
                "/safety/workspace_bounds_m: must NOT have more than 3 items");
    }

    @Test
    void uniqueItems() {
        assertErrors(
                "{metadata: {rcn_ids: [RCN-000000000001, RCN-000000000002, RCN-000000000001]}}",
                "/metadata/rcn_ids: must NOT have duplicate items (items ## 0 and 2 are identical)");
    }

    @Test
    @DisplayName("1 and 1.0 are equal for uniqueness")
    void uniqueNumbers() {
        assertThat(Sample.schemaErrors("{metadata: {rcn_ids: [1, 1.0]}}"))
                .contains("/metadata/rcn_ids: must NOT have duplicate items (items ## 0 and 1 are identical)");
    }

    @Test
    void additionalProperties() {
        assertErrors("{extensions: {y: {}}}", "/extensions: must NOT have additional properties");
    }

    @Test
    void propertyNames() {
        assertErrors(
                "{drivers: [{id: a, protocol: b, streams: {colour: {}}}]}",
                "/drivers/0/streams: must match pattern \"^(rgb|left|right|depth|mono|ir|thermal)$\"",
                "/drivers/0/streams: property name must be valid");
    }

    @Test
    void then() {
        assertErrors(
                "{compliance: {annex_iii_basis: migration}}",
                "/compliance: must have required property 'fria_ref'",
                "/compliance: must match \"then\" schema");
    }

    @Test
    @DisplayName("oneOf reports every branch and itself; a then inside a branch too")
    void oneOf() {
        assertErrors(
                "{drivers: [{id: a, protocol: b, streams: {rgb: {intrinsic: {fx: 0, fy: 1, cx: 0, cy: 0, width: 1, height: 1,"
                        + " distortion_model: equidistant, distortion_coeffs: [1]}}}}]}",
                "/drivers/0/streams/rgb/intrinsic: must be null",
                "/drivers/0/streams/rgb/intrinsic/fx: must be > 0",
                "/drivers/0/streams/rgb/intrinsic/distortion_coeffs: must NOT have fewer than 4 items",
                "/drivers/0/streams/rgb/intrinsic: must match \"then\" schema",
                "/drivers/0/streams/rgb/intrinsic: must match exactly one schema in oneOf");
    }

    @Test
    @DisplayName("a non-finite number is an error wherever it stands, besides what the field's own rule says")
    void nonFinite() {
        assertErrors("{anything: {a/b: [1, .nan]}}", "/anything/a~1b/1: must be a finite number");
        assertErrors("{anything: 1e400}", "/anything: must be a finite number");
        assertErrors(
                "{metadata: {model: .inf}}",
                "/metadata/model: must be string",
                "/metadata/model: must be a finite number");
        assertErrors(
                "{safety: {payload_kg: -.inf}}",
                "/safety/payload_kg: must be number",
                "/safety/payload_kg: must be a finite number");
        assertErrors("{rcan_version: .nan}", "/rcan_version: must be string", "/rcan_version: must be a finite number");
        assertErrors("{drivers: [.nan]}", "/drivers/0: must be object", "/drivers/0: must be a finite number");
    }

    private static void assertErrors(String change, String... errors) {
        assertThat(Sample.schemaErrors(change)).containsExactlyInAnyOrder(errors);
    }
}
