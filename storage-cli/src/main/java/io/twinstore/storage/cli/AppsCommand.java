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
        name = "apps",
        description = {
            "Applications that call the host with an API key of their own.",
            "",
            "A key is shown once, when it is made; what is stored does not give it back.",
            ""
        })
final class AppsCommand implements Runnable {

    private final Terminal terminal;

    @Spec private @Nullable CommandSpec spec;

    AppsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Missing subcommand of 'apps'.");
        }
    }

    @Command(description = {"Lists applications, by id.", ""})
    int list(@Mixin PageOptions page) {
        return new Apps(terminal, page.json()).list(page.request());
    }

    @Command(description = {"Creates an application, and shows its key.", ""})
    int create(
            @Parameters(paramLabel = "NAME", description = "What people call it.") String name,
            @Option(
                            names = "--id",
                            paramLabel = "APP",
                            description = "Its id; one is made by default.")
                    @Nullable String id,
            @Option(
                            names = "--settings",
                            paramLabel = "JSON",
                            defaultValue = "{}",
                            description = "An object; empty by default.")
                    String settings,
            @Option(
                            names = "--json",
                            description = "Print one JSON object on standard output instead.")
                    boolean json) {
        return new Apps(terminal, json).create(name, id, settings);
    }

    @Command(description = {"Shows an application, without its key.", ""})
    int show(
            @Parameters(paramLabel = "APP", description = "The id of the application.") String app,
            @Option(
                            names = "--json",
                            description = "Print one JSON object on standard output instead.")
                    boolean json) {
        return new Apps(terminal, json).show(app);
    }

    @Command(
            description = {
                "Makes a new key, and shows it. Older keys stay good for the overlap.",
                ""
            })
    int rotate(
            @Parameters(paramLabel = "APP", description = "The id of the application.") String app,
            @Option(
                            names = "--overlap",
                            paramLabel = "TIME",
                            defaultValue = "24h",
                            description =
                                    "For how long older keys stay good: 0, 90s, 15m, 24h, 7d;"
                                            + " ${DEFAULT-VALUE} by default.")
                    String overlap,
            @Option(
                            names = "--json",
                            description = "Print one JSON object on standard output instead.")
                    boolean json) {
        return new Apps(terminal, json).rotate(app, overlap);
    }

    @Command(description = {"Makes the keys of an application good again.", ""})
    int activate(
            @Parameters(paramLabel = "APP", description = "The id of the application.") String app,
            @Option(
                            names = "--json",
                            description = "Print one JSON object on standard output instead.")
                    boolean json) {
        return new Apps(terminal, json).activate(app, true);
    }

    @Command(description = {"Makes the keys of an application useless, until it is activated.", ""})
    int deactivate(
            @Parameters(paramLabel = "APP", description = "The id of the application.") String app,
            @Option(
                            names = "--json",
                            description = "Print one JSON object on standard output instead.")
                    boolean json) {
        return new Apps(terminal, json).activate(app, false);
    }

    @Command(description = {"Removes an application and its keys for good.", ""})
    int delete(
            @Parameters(paramLabel = "APP", description = "The id of the application.") String app,
            @Option(
                            names = "--json",
                            description = "Print one JSON object on standard output instead.")
                    boolean json) {
        return new Apps(terminal, json).delete(app);
    }
}
