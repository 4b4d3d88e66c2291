package io.twinstore.storage.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "reverse",
        description = {
            "Writes what a move brought to PostgreSQL, and what was written since, to a new SQLite file.",
            "What came from an earlier session program's file gets the layout of that program again.",
            ""
        })
final class ReverseCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(
            names = "--plan",
            required = true,
            paramLabel = "FILE",
            description = "The plan of that move.")
    private Path plan = Path.of("");

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "The new file.")
    private Path file = Path.of("");

    @Option(
            names = "--from",
            paramLabel = "URL",
            description =
                    "How to connect; by default as the environment says of PostgreSQL, whatever DB_TYPE is.")
    private @Nullable String from;

    @Option(
            names = "--twinstore",
            description =
                    "Write Twinstore's own layout instead, to go on with Twinstore on SQLite.")
    private boolean twinstore;

    @Option(names = "--json", description = "Print one JSON object on standard output instead.")
    private boolean json;

    ReverseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new Moving(terminal, from, json, null).reverse(plan, file, twinstore);
    }
}
