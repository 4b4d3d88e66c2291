package io.twinstore.storage.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "search",
        description = {
            "Searches the messages of all sessions, the best hit first.",
            "",
            "TEXT is words, \"phrases\", OR, -without, begin* and parentheses; quote it for the"
                    + " shell.",
            ""
        })
final class SearchCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin private ActingOptions acting = new ActingOptions();

    @Mixin private ScopeOptions scope = new ScopeOptions();

    @Parameters(paramLabel = "TEXT", description = "What to search for.")
    private String text = "";

    @Option(names = "--json", description = "Print one JSON object on standard output instead.")
    private boolean json;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many hits to show, 1 to 1000; ${DEFAULT-VALUE} by default.")
    private int limit;

    @Option(
            names = "--cursor",
            paramLabel = "C",
            description = "Where to go on: what the page before ended with.")
    private @Nullable String cursor;

    SearchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Searched asked =
                new Searched(
                        "search",
                        text,
                        ActingFor.of(acting),
                        scope.given(),
                        new Listing(terminal, limit, cursor).request());
        return new SearchPage(terminal, asked).run(json);
    }
}
