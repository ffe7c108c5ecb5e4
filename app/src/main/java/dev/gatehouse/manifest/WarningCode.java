package dev.gatehouse.manifest;

/** The stable names of everything the program warns about in a manifest (robot-md.md 4.6). */
public enum WarningCode {
    BOM("bom"),
    YAML_PORTABILITY("yaml-portability"),
    UNKNOWN_TAG("unknown-tag"),
    CAMERA_DRIVER("camera-driver"),
    CAMERA_INTRINSIC("camera-intrinsic"),
    DEPRECATED_CAMERA("deprecated-camera"),
    DUPLICATE_DRIVER("duplicate-driver"),
    DUPLICATE_CAPABILITY("duplicate-capability"),
    GATE_UNKNOWN_SCOPE("gate-unknown-scope"),
    GATE_AUTH_MISSING("gate-auth-missing"),
    GATE_GAP("gate-gap"),
    LIMIT_MISSING("limit-missing"),
    LIMIT_CONTRADICTION("limit-contradiction"),
    CAPABILITIES_MISSING("capabilities-missing"),
    NAME_URI("name-uri"),
    BODY_STRUCTURE("body-structure"),
    SIGNATURE("signature"),
    /** Only a server can notice it: the file no longer has the name it is served under. */
    RENAMED("renamed");

    private final String id;

    WarningCode(String id) {
        this.id = id;
    }

    /** The code as it is printed. */
    public String id() {
        return id;
    }
}
