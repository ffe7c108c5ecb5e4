package dev.gatehouse.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Says which Gatehouse this is, as its jar was stamped. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"gatehouse " + text(), "Java " + Runtime.version()};
    }

    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
