package dev.gatehouse.robotmd;

import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.manifest.Reading;
import dev.gatehouse.manifest.Unreadable;
import dev.gatehouse.manifest.Validation;
import dev.gatehouse.manifest.Warning;
import dev.gatehouse.manifest.WarningCode;
import java.util.ArrayList;
import java.util.Optional;

/**
 * One ROBOT.md as a server offers it. The file is read anew for every question (robot-md.md 8.9).
 *
 * @param name what it is called until the server ends
 * @param mode what stands behind it
 */
public record Served(ManifestFile file, RobotName name, Mode mode) {
    /** What a client is told of a file that was there when the server started (8.8). */
    private static final String GONE = "file no longer readable";

    /** The file as it is now; what cannot be read has a message fit for clients. */
    public Reading read() {
        var reading = file.read();
        return reading.equals(new Unreadable(Unreadable.NOT_READABLE)) ? new Unreadable(GONE) : reading;
    }

    /** The result of validation, with a warning if the file has lost the name it is served under (4.6, 8.9). */
    Validation validate(Manifest manifest) {
        var found = file.validate(manifest);
        if (manifest.servedName().map(RobotName::new).equals(Optional.of(name))) {
            return found;
        }
        var warnings = new ArrayList<>(found.warnings());
        warnings.add(new Warning(
                "/metadata/robot_name",
                WarningCode.RENAMED,
                "the robot had another name when the server started, and its URIs keep that one until a restart"));
        return new Validation(found.ok(), found.summary(), found.errors(), warnings);
    }
}
