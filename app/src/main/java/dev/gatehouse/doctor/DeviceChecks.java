package dev.gatehouse.doctor;

import dev.gatehouse.manifest.DriverEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/** Whether the devices that ROBOT.md names are there, and whether this user and its groups may use them (D17.2). */
final class DeviceChecks {
    private static final String CHECK = "device";

    private DeviceChecks() {}

    static List<Finding> of(List<DriverEntry> drivers) {
        return drivers.stream()
                .flatMap(driver -> driver.port().stream()
                        .filter(port -> port.startsWith("/dev/"))
                        .flatMap(port -> named(driver.id(), Path.of(port))))
                .toList();
    }

    private static Stream<Finding> named(String driver, Path device) {
        if (Files.notExists(device)) {
            return Stream.of(Finding.warning(
                    CHECK, device + " of " + driver + " is not there", "plug it in, or correct the port in ROBOT.md"));
        }
        return Stream.of(
                Files.isReadable(device) && Files.isWritable(device)
                        ? Finding.ok(CHECK, device + " of " + driver)
                        : closed(driver, device, group(device)));
    }

    static Finding closed(String driver, Path device, String group) {
        return Finding.problem(
                CHECK,
                device + " of " + driver + " belongs to group " + group + ", which this user is not in",
                "add " + group + " to SupplementaryGroups= of the unit, or: usermod -aG " + group + " USER");
    }

    private static String group(Path device) {
        try {
            return Files.readAttributes(device, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .group()
                    .getName();
        } catch (IOException | UnsupportedOperationException e) {
            return "unknown";
        }
    }
}
