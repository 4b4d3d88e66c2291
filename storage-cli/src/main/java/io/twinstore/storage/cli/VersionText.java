package io.twinstore.storage.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Says which version this is, as the jar's manifest has it. */
final class VersionText implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = VersionText.class.getPackage().getImplementationVersion();
        return new String[] {
            "Twinstore storage " + Objects.toString(version, "(built from source)"),
            "Java " + System.getProperty("java.version")
        };
    }
}
