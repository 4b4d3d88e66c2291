package io.twinstore.storage.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = {
            "Brings a backup into the database that the environment names, and proves it.",
            "",
            "The SQLite file must not be there, the PostgreSQL schema must be empty. Start the application"
                    + " when the restore is done.",
            ""
        })
final class RestoreCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The backup.")
    private Path file = Path.of("");

    @Option(
            names = "--replace",
            description =
                    "SQLite: take the place of the file that is there, which is kept under another name.")
    private boolean replace;

    @Option(
            names = "--unrecorded",
            description =
                    "Take a file without a record, of which nobody can tell whether it is what it was.")
    private boolean unrecorded;

    @Option(names = "--json", description = "Print one JSON object on standard output instead.")
    private boolean json;

    RestoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new Backups(terminal, json).restore(file, replace, unrecorded);
    }
}
