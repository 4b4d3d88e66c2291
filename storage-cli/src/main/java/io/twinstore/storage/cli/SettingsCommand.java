package io.twinstore.storage.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The subcommands are methods; each is given what it needs and hands it on. */
@Command(
        name = "settings",
        description = {"Settings that the host keeps: any JSON under a key.", ""})
final class SettingsCommand implements Runnable {

    private final Terminal terminal;

    @Spec private @Nullable CommandSpec spec;

    SettingsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Missing subcommand of 'settings'.");
        }
    }

    @Command(description = {"Lists settings, by key.", ""})
    int list(
            @Option(
                            names = "--scope",
                            paramLabel = "S",
                            description = "List the settings of this scope alone.")
                    @Nullable String scope,
            @Mixin PageOptions page) {
        return new HostSettings(terminal, page.json()).list(scope, page.request());
    }

    @Command(description = {"Shows a setting.", ""})
    int get(
            @Parameters(paramLabel = "KEY", description = "The key of the setting.") String key,
            @Option(
                            names = "--json",
                            description = "Print one JSON object on standard output instead.")
                    boolean json) {
        return new HostSettings(terminal, json).get(key);
    }

    @Command(description = {"Sets a setting, whatever it was.", ""})
    int put(
            @Parameters(paramLabel = "KEY", description = "The key of the setting.") String key,
            @Parameters(
                            paramLabel = "JSON",
                            description = "Its value: any JSON, so a text is quoted.")
                    String value,
            @Option(
                            names = "--scope",
                            paramLabel = "S",
                            description = "Its scope; kept by default, or global where it is new.")
                    @Nullable String scope,
            @Option(
                            names = "--json",
                            description = "Print one JSON object on standard output instead.")
                    boolean json) {
        return new HostSettings(terminal, json).put(key, value, scope);
    }

    @Command(description = {"Removes a setting.", ""})
    int delete(
            @Parameters(paramLabel = "KEY", description = "The key of the setting.") String key,
            @Option(
                            names = "--json",
                            description = "Print one JSON object on standard output instead.")
                    boolean json) {
        return new HostSettings(terminal, json).delete(key);
    }
}
