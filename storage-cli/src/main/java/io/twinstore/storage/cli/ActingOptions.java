package io.twinstore.storage.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** For whom a command looks: the options of every command that reads sessions. */
final class ActingOptions {

    @Option(
            names = "--as",
            paramLabel = "USER",
            description = "See and do what this user may; what is not theirs is not there.")
    private @Nullable String user;

    @Option(
            names = "--as-app",
            paramLabel = "APP",
            description = "See the sessions alone that this application created.")
    private @Nullable String app;

    @Nullable String user() {
        return user;
    }

    @Nullable String app() {
        return app;
    }
}
