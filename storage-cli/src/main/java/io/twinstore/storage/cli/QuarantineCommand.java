package io.twinstore.storage.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "quarantine",
        description = {
            "Shows the rows that a move could not bring over, and why; or writes them to a file for 'fix'.",
            ""
        })
final class QuarantineCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin private final MoveOptions options = new MoveOptions();

    @Option(names = "--table", paramLabel = "TABLE", description = "Only rows of this table.")
    private @Nullable String table;

    @Option(
            names = "--values",
            description = "Show the cells, which may be private; otherwise type and length.")
    private boolean values;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Write them, with every cell exactly, to a new file that only you may read.")
    private @Nullable Path out;

    QuarantineCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return options.aside(terminal).show(options.plan(), table, values, out);
    }
}
