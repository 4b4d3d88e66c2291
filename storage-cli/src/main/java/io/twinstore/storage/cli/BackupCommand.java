package io.twinstore.storage.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "backup",
        description = {
            "Writes a backup of the database to a file that can be restored into either database.",
            "",
            "Others may go on writing. The file is read back before it gets its name,"
                    + " twinstore-YYYYMMDD-HHMMSS.db in UTC; its record stands beside it.",
            ""
        })
final class BackupCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            description = "Where to; ${DEFAULT-VALUE} by default, made where it is not there.")
    private Path to = Path.of("backups");

    @Option(
            names = "--keep",
            paramLabel = "AGE",
            description =
                    "Afterwards remove older backups of this database: 30d, 12h or 90m. Never the newest.")
    private @Nullable String keep;

    @Option(names = "--json", description = "Print one JSON object on standard output instead.")
    private boolean json;

    BackupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new Backups(terminal, json).write(to, keep);
    }
}
