package io.twinstore.storage.cli;

import java.util.HashMap;
import java.util.Map;
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

    @Parameters(paramLabel = "TEXT", description = "What to search for.")
    private String text = "";

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
        Map<String, @Nullable String> scope = new HashMap<>();
        scope.put("--user", user);
        scope.put("--session", session);
        scope.put("--config", config);
        scope.put("--status", status);
        scope.put("--since", since);
        scope.put("--until", until);
        return new SearchPage(terminal, ActingFor.of(acting), text, scope, limit, cursor).run(json);
    }
}
