package dev.gatehouse.id;

import java.util.Optional;

/** Which build of Gatehouse this is. */
public final class Build {
    private Build() {}

    /** The version its jar was stamped with. */
    public static String version() {
        return Optional.ofNullable(Build.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
