package dev.gatehouse.cli;

import dev.gatehouse.id.Build;
import picocli.CommandLine.IVersionProvider;

/** Says which Gatehouse this is, and on which Java it runs. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"gatehouse " + Build.version(), "Java " + Runtime.version()};
    }
}
