package io.twinstore.storage.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "contains",
        description = {
            "Finds the messages, or the sessions, that contain a JSON document.",
            "",
            "An object finds messages: '{\"role\":\"tool\"}' those whose role is tool, whatever else"
                    + " they hold. An array finds sessions that have each of its elements in some"
                    + " message: '[{\"role\":\"tool\"},{\"error\":true}]'. Newest first.",
            ""
        })
final class ContainsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin private ActingOptions acting = new ActingOptions();

    @Mixin private ScopeOptions scope = new ScopeOptions();

    @Parameters(paramLabel = "JSON", description = "An object or an array to look for.")
    private String document = "";

    @Option(names = "--json", description = "Print one JSON object on standard output instead.")
    private boolean json;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many to show, 1 to 1000; ${DEFAULT-VALUE} by default.")
    private int limit;

    @Option(
            names = "--cursor",
            paramLabel = "C",
            description = "Where to go on: what the page before ended with.")
    private @Nullable String cursor;

    ContainsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Searched asked =
                new Searched(
                        "contains",
                        document,
                        ActingFor.of(acting),
                        scope.given(),
                        new Listing(terminal, limit, cursor).request());
        return new ContainsPage(terminal, asked).run(json);
    }
}
