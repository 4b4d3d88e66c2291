package io.twinstore.storage.cli;

import io.twinstore.storage.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin private PageOptions page = new PageOptions();

    ContainsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Searched asked =
                new Searched(
                        "contains",
                        oneLine(document),
                        ActingFor.of(acting),
                        scope.given(),
                        page.request());
        return new ContainsPage(terminal, asked).run(page.json());
    }

    /** A document from a file has lines; between its parts they say as much as a space does. */
    private static String oneLine(String document) {
        return Json.of(document).text().replaceAll("[\\n\\r\\t]", " ");
    }
}
