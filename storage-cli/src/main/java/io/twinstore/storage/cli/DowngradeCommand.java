package io.twinstore.storage.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "downgrade",
        description = {
            "Writes a file of the layout that an upgraded SQLite file had, for the earlier program.",
            "",
            "Cells that nobody touched since are as they were, byte for byte. What the earlier program"
                    + " has no place for is left out: participants other than the owner, deleted"
                    + " records, and of v2 and v3 the metadata of sessions. The upgraded file stays.",
            ""
        })
final class DowngradeCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The upgraded file.")
    private String file = "";

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "The new file.")
    private Path to = Path.of("");

    @Option(names = "--json", description = "Print one JSON object on standard output instead.")
    private boolean json;

    DowngradeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new Upgrade(terminal, file).back(to, json);
    }
}
