package io.twinstore.storage.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin private PageOptions page = new PageOptions();

    SearchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Searched asked =
                new Searched("search", text, ActingFor.of(acting), scope.given(), page.request());
        return new SearchPage(terminal, asked).run(page.json());
    }
}
