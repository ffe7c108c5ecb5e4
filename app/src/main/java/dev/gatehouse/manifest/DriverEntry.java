package dev.gatehouse.manifest;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * An entry of {@code drivers}: one piece of hardware and how it is spoken to.
 *
 * @param port the device it is reached through, such as {@code /dev/ttyACM0}
 * @param backend forces the backend of this exact name; without it the protocol decides (robot-md.md 10.14)
 */
public record DriverEntry(String id, String protocol, Optional<String> port, Optional<String> backend) {
    static Stream<DriverEntry> of(Section driver) {
        return driver.text("id").stream()
                .flatMap(id -> driver.text("protocol").stream()
                        .map(protocol -> new DriverEntry(id, protocol, driver.text("port"), driver.text("backend"))));
    }
}
