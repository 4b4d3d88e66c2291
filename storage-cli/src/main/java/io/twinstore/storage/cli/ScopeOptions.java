package io.twinstore.storage.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command looks for messages: the options of every command that searches. */
final class ScopeOptions {

    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "Only sessions in which this user takes part.")
    private @Nullable String user;

    @Option(names = "--session", paramLabel = "SESSION", description = "Only this session.")
    private @Nullable String session;

    @Option(
            names = "--config",
            paramLabel = "CONFIG",
            description = "Only sessions on this config.")
    private @Nullable String config;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Only sessions that are active, completed, failed or cancelled.")
    private @Nullable String status;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only messages of this instant or later, such as 2026-11-20T09:30:00Z.")
    private @Nullable String since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Only messages before this instant.")
    private @Nullable String until;

    /** Returns the options that are given, by name. */
    Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        put(given, "--user", user);
        put(given, "--session", session);
        put(given, "--config", config);
        put(given, "--status", status);
        put(given, "--since", since);
        put(given, "--until", until);
        return given;
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}
