package io.twinstore.storage.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "upgrade",
        description = {
            "Upgrades a SQLite file that an earlier session program left.",
            "",
            "Stop that program first. The new file is built beside the old one, compared with it cell"
                    + " by cell, and takes its place at once; the old one stays as a backup. What the"
                    + " environment says of a database is of no account.",
            ""
        })
final class UpgradeCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The file.")
    private String file = "";

    @Option(names = "--json", description = "Print one JSON object on standard output instead.")
    private boolean json;

    UpgradeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new Upgrade(terminal, file).run(json);
    }
}
