package io.twinstore.storage.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = {
            "Reads both sides of a move anew and compares every cell. Exit code 0 only when equal.",
            ""
        })
final class VerifyCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = "--plan", required = true, paramLabel = "FILE", description = "The plan.")
    private Path plan = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "URL",
            description =
                    "How to connect; by default as the environment says of PostgreSQL, whatever DB_TYPE is.")
    private @Nullable String to;

    @Option(names = "--json", description = "Print one JSON object on standard output instead.")
    private boolean json;

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new Moving(terminal, to, json).verify(plan);
    }
}
