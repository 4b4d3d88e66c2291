package io.twinstore.storage.cli;

import io.twinstore.storage.migrate.MigrationOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "migrate",
        description = {
            "Carries out a plan that 'plan' made. Stopped anywhere, the same command goes on from there.",
            ""
        })
final class MigrateCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin private final MoveOptions options = new MoveOptions();

    @Option(
            names = "--only",
            paramLabel = "TABLE",
            description = "Copy this table alone; may be repeated. The rest waits for another run.")
    private List<String> only = List.of();

    @Option(
            names = "--batch-size",
            paramLabel = "ROWS",
            description = "How many rows share a commit; 25,000 unless the plan says otherwise.")
    private @Nullable Integer batchSize;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "Stop at the next commit or step after this time, as 45m or 10s.")
    private @Nullable String timeout;

    @Option(
            names = "--replace",
            description = {
                "Drop the tables that the target has by the names of the plan, or take the rows out",
                "of Twinstore's own, before the first row is copied. Their rows are lost."
            })
    private boolean replace;

    MigrateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        MigrationOptions chosen = MigrationOptions.standard().only(Set.copyOf(only));
        if (batchSize != null) {
            chosen = chosen.committing(batchSize);
        }
        if (timeout != null) {
            chosen = chosen.within(Age.of("timeout", timeout));
        }
        return options.moving(terminal)
                .migrate(options.plan(), replace ? chosen.replacing() : chosen);
    }
}
