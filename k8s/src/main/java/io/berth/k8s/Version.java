package io.berth.k8s;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, as its jar says. */
final class Version implements IVersionProvider {

    /** The version, {@code 0.1.0}. */
    static String text() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "unreleased");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"berth " + text()};
    }
}
