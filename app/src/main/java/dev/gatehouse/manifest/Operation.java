package dev.gatehouse.manifest;

/**
 * Something somebody wants the robot to do.
 *
 * @param name a capability such as {@code arm.pick}, or the name of a tool that is none, such as {@code record_skill}
 */
public record Operation(String name, OperationClass operationClass) {
    /** A capability's operation; see {@link OperationClass#ofCapability}. */
    public static Operation ofCapability(String capability, boolean backendReadOnly) {
        return new Operation(capability, OperationClass.ofCapability(capability, backendReadOnly));
    }

    /** Whether it can move something: a capability of the system class is as unknown as any other that is not read-only. */
    boolean isActuating() {
        return switch (operationClass) {
            case ACTUATING, COMMISSIONING -> true;
            case SYSTEM -> OperationClass.namespace(name).equals("system");
            case READ_ONLY, PERCEPTION -> false;
        };
    }
}
