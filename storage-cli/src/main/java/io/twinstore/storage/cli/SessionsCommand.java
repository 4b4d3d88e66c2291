package io.twinstore.storage.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "sessions",
        description = {"Lists sessions, the one with the latest activity first.", ""})
final class SessionsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin private ActingOptions acting = new ActingOptions();

    @Option(names = "--json", description = "Print one JSON object on standard output instead.")
    private boolean json;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many to list, 1 to 1000; ${DEFAULT-VALUE} by default.")
    private int limit;

    @Option(
            names = "--cursor",
            paramLabel = "C",
            description = "Where to go on: what the page before ended with.")
    private @Nullable String cursor;

    SessionsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new SessionList(terminal, ActingFor.of(acting), limit, cursor).run(json);
    }
}
